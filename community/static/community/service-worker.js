/*
 * The service worker: pages from the network first, and what was kept when there is none.
 *
 * The view puts `KEPT` above this: the files of the shell, the two pages without a network, and
 * the words. What is kept of pages is only what the server has marked, only for the person it was
 * for, never a token, never a photo; and whoever sees a kept page is told when it is from.
 */
const SHELL = `shell-${KEPT.version}`;
const PAGES = "pages";
const WHO = "/__who"; // in the cache of pages: whose they are
const PAGES_MOST = 40;
const PATIENCE_MS = 12_000; // then a kept page is better than a wheel that turns
const TOKENS = /(name="csrfmiddlewaretoken" value=")[^"]*/g;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => {
  if (data && data.type === "who") belongTo(data.who);
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, request, url));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(KEPT.shell);
  for (const path of [KEPT.form, KEPT.page]) {
    const answer = await fetch(`${path}?language=${KEPT.language}`, {
      credentials: "omit", // nobody's page: it is the same for everybody on this phone
      cache: "no-cache",
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await shell.put(path, answer);
  }
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  }
  await self.clients.claim();
}

/* Files with their content in their name never change; others are kept for want of a network. */
async function file(request) {
  const kept = () => caches.match(request, { ignoreSearch: true });
  if (HASHED.test(request.url)) return (await kept()) || fetch(request);
  try {
    return await fetch(request);
  } catch {
    return (await kept()) || Response.error();
  }
}

async function page(event, request, url) {
  if (request.method !== "GET") return act(request, url);
  const fresh = fetch(request).then((answer) => {
    event.waitUntil(keep(request, answer.clone()));
    return answer;
  });
  try {
    return await Promise.race([fresh, patience()]);
  } catch (reason) {
    const kept = await instead(request, url);
    if (reason !== "slow") return kept || offline();
    return kept || fresh.catch(offline);
  }
}

function patience() {
  return new Promise((_, give) => setTimeout(() => give("slow"), PATIENCE_MS));
}

/* Leaving takes what was kept along, whether or not the network hears of it. */
async function act(request, url) {
  if (KEPT.leave.includes(url.pathname)) await caches.delete(PAGES);
  return fetch(request).catch(offline);
}

async function keep(request, answer) {
  const who = answer.headers.get("X-Linli-Who");
  if (!who) return;
  await belongTo(who);
  if (!answer.headers.has("X-Linli-Keep")) return;
  const words = (await answer.text()).replace(TOKENS, "$1");
  const headers = { "Content-Type": "text/html; charset=utf-8", "X-Kept-At": String(Date.now()) };
  const csp = answer.headers.get("Content-Security-Policy");
  if (csp) headers["Content-Security-Policy"] = csp;
  const pages = await caches.open(PAGES);
  await pages.delete(request.url);
  await pages.put(request.url, new Response(words, { headers }));
  const all = await pages.keys();
  const surplus = all.filter((one) => !one.url.endsWith(WHO)).slice(0, -PAGES_MOST);
  for (const one of surplus) await pages.delete(one);
}

async function belongTo(who) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(WHO);
  if (kept && (await kept.text()) === who) return;
  await caches.delete(PAGES);
  await (await caches.open(PAGES)).put(WHO, new Response(who));
}

/* What to show for a page that cannot be fetched: the form, the page as it was, or nothing. */
async function instead(request, url) {
  const shell = await caches.open(SHELL);
  if (url.pathname.startsWith("/reports/new/") || url.pathname.startsWith("/d/")) {
    return shell.match(KEPT.form);
  }
  const pages = await caches.open(PAGES);
  const kept = await pages.match(request.url);
  return kept ? dated(kept, url) : null;
}

async function offline() {
  return (await (await caches.open(SHELL)).match(KEPT.page)) || Response.error();
}

async function dated(kept, url) {
  const at = new Date(Number(kept.headers.get("X-Kept-At")));
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false };
  const isToday = at.toDateString() === new Date().toDateString();
  const style = isToday ? clock : { month: "long", day: "numeric", ...clock };
  const when = new Intl.DateTimeFormat(KEPT.language, style).format(at);
  const line =
    `<p class="notice" data-tone="gold" role="status" data-stale><span class="grow">` +
    `${KEPT.stale.replace("{when}", `<time>${when}</time>`)} ` +
    `<a href="${encodeURI(url.pathname + url.search).replace(/&/g, "&amp;")}">${KEPT.fresh}</a></span></p>`;
  const words = (await kept.text()).replace(/<main[^>]*>/, (main) => main + line);
  return new Response(words, { headers: kept.headers });
}
