/*
 * The outbox: what was written on this phone and has not arrived yet.
 *
 * It is kept in IndexedDB with its photos, under an id chosen here, and sent by itself when a page
 * is opened, when the network comes back and when the page is looked at again. Only one tab sends
 * at a time. The server files an id once, so whatever is in doubt is sent again. docs/offline.md
 * has the protocol.
 *
 * <outbox-count data-who="…">: how many wait, in the bar of every page.
 */
const DATABASE = "linli";
const ITEMS = "items";
const NOTES = "notes"; // who was here last, and how they like to read
const LOCK = "linli-outbox";
const LEASE_MS = 150_000; // longer than a sending may take
const SENDING_MS = 120_000;
const ASKING_MS = 20_000;
const WAIT_MS_MIN = 5_000;
const WAIT_MS_MAX = 600_000;
const AREAS_KEPT_MS = 86_400_000;
const RECEIPT_KEPT_MS = 7 * 86_400_000;

export const WAITING = "waiting";
export const SENDING = "sending";
export const ARRIVED = "arrived";
export const REFUSED = "refused";
export const LATER = "later";

/* --- What is kept ---------------------------------------------------------------------------- */

let opened;

function database() {
  if (opened) return opened;
  opened = new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ITEMS, { keyPath: "id" });
      request.result.createObjectStore(NOTES);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => fail(request.error);
  }).catch((reason) => {
    opened = undefined;
    throw reason;
  });
  return opened;
}

/* One transaction: `act` is given the store and returns the request whose result is wanted. */
async function within(store, mode, act) {
  const transaction = (await database()).transaction(store, mode);
  return new Promise((done, fail) => {
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

/* Change an item as it stands now; what was deleted meanwhile stays deleted. */
function change(id, alter) {
  return within(ITEMS, "readwrite", (store) => {
    const request = store.get(id);
    request.onsuccess = () => request.result && store.put(alter(request.result));
    return request;
  });
}

export const note = (key) => within(NOTES, "readonly", (store) => store.get(key));
export const remember = (key, what) => within(NOTES, "readwrite", (store) => store.put(what, key));

export async function items() {
  const all = await within(ITEMS, "readonly", (store) => store.getAll());
  return all.sort((one, other) => one.writtenAt - other.writtenAt);
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/*
 * Keep an item: {id, kind, fields, photos: [{id, blob, name}]}, new or changed. It is the person's
 * who was here last. Rejects with QuotaExceededError when the phone is full.
 */
export async function keep(item) {
  const who = item.who ?? (await note("who")) ?? "";
  const kept = { writtenAt: Date.now(), ...item, who, state: WAITING, reasons: [], tries: 0 };
  await within(ITEMS, "readwrite", (store) => store.put(kept));
  navigator.storage?.persist?.();
  changed();
}

export async function discard(id) {
  await within(ITEMS, "readwrite", (store) => store.delete(id));
  changed();
}

/* A guest wrote it, and is somebody by now: only they can say that it is theirs. */
export async function claim(id, who) {
  await change(id, (item) => ({ ...item, who }));
  changed();
}

export async function markSeen(id) {
  await change(id, (item) => ({ ...item, isSeen: true }));
  changed();
}

/* --- Telling every open page ----------------------------------------------------------------- */

const news = "BroadcastChannel" in window ? new BroadcastChannel(LOCK) : null;
if (news) news.onmessage = () => draw();

function changed() {
  news?.postMessage("changed");
  draw();
}

function draw() {
  window.dispatchEvent(new CustomEvent("outbox:changed"));
}

/* --- Sending ---------------------------------------------------------------------------------- */

let timer;
let round = null;
let isAskedAgain = false;
let waitMs = WAIT_MS_MIN;

/* Send what waits; asked while it sends, it goes round once more. */
export function sync() {
  isAskedAgain = Boolean(round);
  if (!round) round = alone(sendAll).catch(() => false).then(rest);
  return round;
}

function rest(isDone) {
  round = null;
  clearTimeout(timer);
  if (isAskedAgain) return sync();
  if (isDone) {
    waitMs = WAIT_MS_MIN;
    return;
  }
  timer = setTimeout(sync, waitMs * (0.5 + Math.random()));
  waitMs = Math.min(waitMs * 2, WAIT_MS_MAX);
}

/* One tab at a time: by the browser's own locks, else by a lease that lapses with its tab. */
async function alone(act) {
  if (navigator.locks) return navigator.locks.request(LOCK, act);
  const mine = newId();
  const now = Date.now();
  const lease = await within(NOTES, "readwrite", (store) => {
    const request = store.get(LOCK);
    request.onsuccess = () => {
      const held = request.result;
      if (!held || held.until < now) store.put({ by: mine, until: now + LEASE_MS }, LOCK);
    };
    return request;
  });
  if (lease && lease.until >= now) return false;
  try {
    return await act();
  } finally {
    await within(NOTES, "readwrite", (store) => store.delete(LOCK));
  }
}

/* Return true when nothing is left to try, false to come back by and by. */
async function sendAll() {
  const all = await items();
  const open = all.filter((item) => item.state !== ARRIVED);
  if (!open.length) return forgetReceipts(all);
  if (navigator.onLine === false) return false;
  const desk = await ask(open);
  let isWell = true;
  for (const item of open) {
    const known = desk.there[item.id];
    if (known) await settle(item.id, known);
    else if (item.state === REFUSED || item.who !== desk.person || !desk.person) continue;
    else if (item.state === LATER && item.notBefore > Date.now()) continue;
    else if (!(await send(item.id, desk))) isWell = false;
  }
  return isWell && !(await items()).some(({ state }) => state === LATER);
}

async function ask(open) {
  const names = open.slice(0, 20).map(({ kind, id }) => `${kind}:${id}`);
  const answer = await talk(`/outbox/?ask=${names.join(",")}`, {}, ASKING_MS);
  if (!answer.ok) throw new Error(`outbox: ${answer.status}`);
  return answer.json();
}

/* Return whether there was an outcome. Without a network there is no use in going on. */
async function send(id, desk) {
  await change(id, (item) => ({ ...item, state: SENDING }));
  changed();
  const item = await within(ITEMS, "readonly", (store) => store.get(id));
  if (!item) return true;
  let outcome;
  try {
    const answer = await talk("/outbox/", { method: "POST", ...parcel(item, desk) }, SENDING_MS);
    if (answer.ok) [outcome] = (await answer.json()).outcomes;
  } finally {
    if (!outcome) await change(id, (one) => ({ ...one, state: WAITING, tries: one.tries + 1 }));
    changed();
  }
  if (outcome) await settle(id, outcome);
  return Boolean(outcome);
}

function parcel(item, desk) {
  const body = new FormData();
  const { id, kind, fields, who } = item;
  const photos = item.photos.map((photo) => photo.id);
  body.append("items", JSON.stringify([{ id, kind, fields, person: who, photos }]));
  for (const { id: key, blob, name } of item.photos) {
    if (blob) body.append(`photo:${key}`, blob, name || "photo.jpg");
  }
  return { body, headers: { "X-CSRFToken": desk.token } };
}

async function settle(id, outcome) {
  const { state, reasons, title, number, url } = outcome;
  await change(id, (item) => {
    const told = { ...item, reasons, url };
    if (state === "accepted" || state === "already_there") {
      const receipt = { arrivedAt: Date.now(), title, number, photos: [], fields: {} };
      return { ...told, ...receipt, state: ARRIVED };
    }
    if (state === "refused") return { ...told, state: REFUSED };
    if (state === "later") return { ...told, state: LATER, notBefore: Date.now() + WAIT_MS_MAX };
    return { ...item, state: WAITING };
  });
  changed();
}

async function forgetReceipts(all) {
  const old = all.filter(({ arrivedAt }) => arrivedAt < Date.now() - RECEIPT_KEPT_MS);
  for (const { id } of old) await within(ITEMS, "readwrite", (store) => store.delete(id));
  return true;
}

function talk(url, options, patienceMs) {
  const giveUp = new AbortController();
  const alarm = setTimeout(() => giveUp.abort(), patienceMs);
  return fetch(url, {
    credentials: "same-origin",
    cache: "no-store",
    signal: giveUp.signal,
    ...options,
  }).finally(() => clearTimeout(alarm));
}

/* --- On every page ---------------------------------------------------------------------------- */

class OutboxCount extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    window.addEventListener("outbox:changed", () => this.#draw());
    this.#begin();
  }

  async #begin() {
    await this.#introduce().catch(() => {});
    await this.#draw();
    sync();
  }

  /* A page that came from the network says who is here; one that was kept knows no better. */
  async #introduce() {
    if (!this.hasAttribute("data-who") || document.querySelector("[data-stale]")) return;
    const who = this.dataset.who;
    navigator.serviceWorker?.controller?.postMessage({ type: "who", who: who || "guest" });
    const { elder } = document.documentElement.dataset;
    await remember("reading", { elder: elder !== undefined, theme: this.dataset.theme });
    if (who !== (await note("who"))) await remember("areas", null);
    await remember("who", who);
    const areas = await note("areas");
    if (who && navigator.onLine && !(areas && areas.at > Date.now() - AREAS_KEPT_MS)) {
      const answer = await talk("/outbox/?areas=1", {}, ASKING_MS);
      if (answer.ok) await remember("areas", { at: Date.now(), list: (await answer.json()).areas });
    }
  }

  async #draw() {
    const who = (await note("who").catch(() => "")) ?? "";
    const mine = (await items().catch(() => [])).filter((item) => !item.who || item.who === who);
    const open = mine.filter(({ state }) => state !== ARRIVED);
    const unseen = mine.filter(({ state, isSeen }) => state === ARRIVED && !isSeen);
    const toMend = open.filter(({ state }) => state === REFUSED);
    this.hidden = !open.length && !unseen.length;
    this.dataset.state = toMend.length ? REFUSED : open.length ? WAITING : ARRIVED;
    const words = toMend.length ? "mend" : open.length ? "open" : "arrived";
    const count = toMend.length || open.length || unseen.length;
    this.querySelector("[data-number]").textContent = String(count);
    this.querySelector("[data-words]").textContent = this.dataset[words];
    this.link.setAttribute("aria-label", `${count} ${this.dataset[words]}`);
    this.waiting = open.length;
  }
}

customElements.define("outbox-count", OutboxCount);

window.addEventListener("online", () => {
  waitMs = WAIT_MS_MIN;
  sync();
});
document.addEventListener("visibilitychange", () => document.hidden || sync());

/* Leaving a shared phone takes along what has not been sent: that is said once, before. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const count = document.querySelector("outbox-count");
  if (!form.matches("[data-leaves-shared]") || form.dataset.warned || !count?.waiting) return;
  event.preventDefault();
  form.dataset.warned = "warned";
  const warning = document.createElement("p");
  warning.className = "notice";
  warning.dataset.tone = "gold";
  warning.setAttribute("role", "alert");
  warning.textContent = count.dataset.leaving.replace("{count}", count.waiting);
  document.getElementById("main").prepend(warning);
  warning.scrollIntoView({ block: "nearest" });
});

/* A page that was kept has no token in its forms: it is given a fresh one before it posts. */
document.addEventListener("submit", async (event) => {
  const field = event.target.querySelector("[name=csrfmiddlewaretoken]");
  if (!field || field.value || event.defaultPrevented) return;
  event.preventDefault();
  const { submitter } = event;
  const answer = await talk("/outbox/", {}, ASKING_MS).catch(() => null);
  if (!answer || !answer.ok) return;
  field.value = (await answer.json()).token;
  event.target.requestSubmit(submitter);
});

if ("serviceWorker" in navigator) {
  const { lang } = document.documentElement; // the worker speaks as the page does
  navigator.serviceWorker.register(`/sw.js?language=${lang}`, { updateViaCache: "all" }).catch(() => {});
}
