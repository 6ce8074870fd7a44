/*
 * What keeps an open page up to date: one socket a page, and the elements that listen to it.
 *
 * Without this script, or without a network, the page shows what was so when it was opened.
 *
 * <live-badge topic="me">: a number that waits. Reading elsewhere clears it here.
 * <live-feed topic="me" unread="3">, or topic="inbox:7 inbox:8" since="1764": a list (its
 * [data-feed]) that fetches itself again, with the numbers above it (its [data-head]). What only
 * changed is changed in place; what is new waits behind the [data-show] button, so that nothing
 * moves under a finger. Where there was nothing, it comes at once.
 * <live-topic topic="report:R-…">: hands what it hears to the element around it, as live:frame.
 */
const WAIT_MS_MIN = 500;
const WAIT_MS_MAX = 30_000;
const SETTLE_MS = 200;
const GOODBYE = 4401;

/* One socket for the whole page; elements ask it for topics. */
class Line {
  #socket;
  #listeners = new Map(); // topic asked for → Set of functions
  #heard = new Map(); // topic asked for → how far it was heard
  #names = new Map(); // what the server calls a topic → what was asked for ("me")
  #waitMs = WAIT_MS_MIN;
  #timer;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#wake());
    window.addEventListener("online", () => this.#wake());
    window.addEventListener("pageshow", (event) => event.persisted && this.#wake());
  }

  listen(topic, listener) {
    if (!this.#listeners.has(topic)) this.#listeners.set(topic, new Set());
    this.#listeners.get(topic).add(listener);
    if (!this.#socket) this.#open();
    else if (this.#socket.readyState === WebSocket.OPEN) this.#join(topic);
  }

  leave(topic, listener) {
    this.#listeners.get(topic)?.delete(listener);
  }

  #open() {
    clearTimeout(this.#timer);
    const origin = location.origin.replace(/^http/, "ws");
    this.#socket = new WebSocket(`${origin}/live/`);
    this.#socket.onopen = () => {
      this.#waitMs = WAIT_MS_MIN;
      for (const topic of this.#listeners.keys()) this.#join(topic);
    };
    this.#socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    this.#socket.onclose = ({ code }) => {
      if (code !== GOODBYE) this.#openLater();
    };
  }

  /* Many pages lose the same server at the same moment: they must not all come back at once. */
  #openLater() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), this.#waitMs * (0.5 + Math.random()));
    this.#waitMs = Math.min(this.#waitMs * 2, WAIT_MS_MAX);
  }

  #wake() {
    if (document.visibilityState !== "visible" || !this.#socket) return;
    if (this.#socket.readyState === WebSocket.CLOSED) this.#open();
  }

  #join(topic) {
    const since = this.#heard.get(topic);
    this.#socket.send(JSON.stringify(since ? { join: topic, since } : { join: topic }));
  }

  #take(message) {
    if (message.resync) {
      this.#heard.clear();
      setTimeout(() => {
        if (this.#socket.readyState !== WebSocket.OPEN) return;
        for (const topic of this.#listeners.keys()) this.#join(topic);
      }, Math.random() * 3_000);
      return;
    }
    if (message.asked) {
      if (message.topic) this.#names.set(message.topic, message.asked);
      return; // admitted, or refused: then the page stays as it was opened
    }
    const asked = this.#names.get(message.topic);
    const isFirst = "snapshot" in message;
    this.#heard.set(asked, message.at);
    for (const listener of this.#listeners.get(asked) ?? []) {
      listener(isFirst ? message.snapshot : message.frame, { isFirst });
    }
  }
}

export const line = new Line();

class LiveBadge extends HTMLElement {
  #listener = (frame) => this.#show(frame.unread);

  connectedCallback() {
    line.listen(this.getAttribute("topic"), this.#listener);
  }

  disconnectedCallback() {
    line.leave(this.getAttribute("topic"), this.#listener);
  }

  #show(count) {
    if (typeof count !== "number") return;
    this.replaceChildren();
    if (!count) return;
    const shown = document.createElement("span");
    shown.className = "badge";
    shown.setAttribute("aria-hidden", "true");
    shown.textContent = count > 99 ? "99+" : String(count);
    const said = document.createElement("span");
    said.className = "sr";
    said.textContent = String(count);
    this.append(shown, said);
  }
}

class LiveTopic extends HTMLElement {
  #listener = (frame, { isFirst }) => {
    this.dispatchEvent(new CustomEvent("live:frame", { bubbles: true, detail: { frame, isFirst } }));
  };

  connectedCallback() {
    line.listen(this.getAttribute("topic"), this.#listener);
  }

  disconnectedCallback() {
    line.leave(this.getAttribute("topic"), this.#listener);
  }
}

class LiveFeed extends HTMLElement {
  #fresh;
  #timer;
  #listener = (frame, { isFirst }) => {
    if (isFirst && this.#isShown(frame)) return;
    if ("unread" in frame) this.setAttribute("unread", String(frame.unread));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fetch(), SETTLE_MS);
  };

  connectedCallback() {
    for (const topic of this.#topics) line.listen(topic, this.#listener);
    this.#button?.addEventListener("click", () => this.#replace());
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    for (const topic of this.#topics) line.leave(topic, this.#listener);
  }

  get #topics() {
    return this.getAttribute("topic").split(" ").filter(Boolean);
  }

  #isShown(frame) {
    if ("changed_at" in frame) return frame.changed_at <= Number(this.getAttribute("since"));
    return String(frame.unread) === this.getAttribute("unread");
  }

  get #button() {
    return this.querySelector("[data-show]");
  }

  get #feed() {
    return this.querySelector("[data-feed]");
  }

  async #fetch() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.#fresh = page.querySelector("live-feed [data-feed]");
    if (!this.#fresh) return;
    const [head, freshHead] = [this, page].map((root) => root.querySelector("[data-head]"));
    if (freshHead && !head.contains(document.activeElement)) head.replaceWith(freshHead);
    if (keys(this.#fresh) === keys(this.#feed)) this.#mend();
    else if (!keys(this.#feed)) this.#feed.replaceWith(document.importNode(this.#fresh, true));
    else if (this.#button) this.#button.hidden = false;
  }

  /* The same lines, some of them read by now: each is changed where it stands. */
  #mend() {
    for (const line of this.#fresh.querySelectorAll("[data-key]")) {
      const shown = this.#feed.querySelector(`[data-key="${line.dataset.key}"]`);
      if (shown.outerHTML !== line.outerHTML && !shown.contains(document.activeElement)) {
        shown.replaceWith(document.importNode(line, true));
      }
    }
  }

  #replace() {
    if (!this.#fresh) return;
    this.#feed.replaceWith(document.importNode(this.#fresh, true));
    this.#button.hidden = true;
    scrollTo({ top: 0 });
    this.#feed.querySelector("a")?.focus();
  }
}

function keys(feed) {
  return [...feed.querySelectorAll("[data-key]")].map((line) => line.dataset.key).join(" ");
}

customElements.define("live-badge", LiveBadge);
customElements.define("live-topic", LiveTopic);
customElements.define("live-feed", LiveFeed);
