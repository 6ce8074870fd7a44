/*
 * <filing-form>: a form that keeps what is typed, and that is sent once.
 *
 * Without this script the form posts and the server keeps the draft at every step. With it, the
 * draft is kept while people type (so that a dead battery costs nothing), what follows from it
 * (which area, who reported the same) is shown beside it, and a second tap does nothing.
 */
import { keep } from "./outbox.js";

const PAUSE_MS = 900;

class FilingForm extends HTMLElement {
  #timer;
  #asked = 0;
  #saving = new AbortController();

  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#sendOnce(event));
    window.addEventListener("pageshow", () => this.#open());
    if (!this.hasAttribute("data-keeps")) return;
    this.addEventListener("input", () => this.#keepSoon());
    this.addEventListener("filing:changed", () => this.#keepSoon(0));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.#timer) this.#keep();
    });
  }

  async #sendOnce(event) {
    if (this.form.dataset.sent) return event.preventDefault();
    this.form.dataset.sent = "sent";
    clearTimeout(this.#timer);
    this.#saving.abort(); // what is sent now is newer
    const pressed = event.submitter;
    if (!navigator.onLine && pressed?.value === "check") return this.#keepForLater(event);
    if (this.form.waitFor && !this.form.dataset.ready) {
      event.preventDefault();
      this.#close(pressed);
      await this.form.waitFor();
      await new Promise((next) => setTimeout(next)); // a form cannot be sent from within its sending
      this.form.dataset.ready = "ready";
      this.#open();
      return this.form.requestSubmit(pressed);
    }
    setTimeout(() => this.#close(pressed)); // after the browser has taken the button's value along
  }

  /* Without a network the form goes into the outbox, with the photos that have not arrived. */
  async #keepForLater(event) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(this.form));
    const { csrfmiddlewaretoken, photos, act, ...words } = fields;
    const items = [...this.querySelectorAll("[data-photos] > li")];
    const all = items.map((item) => {
      const there = item.querySelector('[value^="remove:"]')?.value.slice("remove:".length);
      return { id: there ?? item.photoId, blob: item.file, name: item.file?.name };
    });
    const id = new URL(this.form.action).pathname.split("/").slice(-2)[0];
    await keep({ id, kind: "report", fields: words, photos: all, title: words.body.slice(0, 30) })
      .then(() => location.assign(this.dataset.offline))
      .catch(() => this.#open());
  }

  #close(pressed) {
    if (!pressed) return;
    pressed.setAttribute("aria-disabled", "true");
    pressed.setAttribute("aria-busy", "true");
  }

  #open() {
    delete this.form.dataset.sent;
    for (const button of this.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-busy");
    }
  }

  #keepSoon(wait = PAUSE_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), wait);
  }

  async #keep() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.form.dataset.sent) return;
    const asked = ++this.#asked;
    const body = new FormData(this.form);
    body.delete("photos");
    body.set("act", "keep");
    const answer = await fetch(this.form.action, {
      method: "POST",
      body,
      keepalive: true,
      signal: (this.#saving = new AbortController()).signal,
      headers: { "X-Requested-With": "XMLHttpRequest" },
    }).catch(() => null);
    if (!answer || !answer.ok || asked !== this.#asked) return;
    const drawn = document.createRange().createContextualFragment(await answer.text());
    for (const part of drawn.querySelectorAll("[data-part]")) {
      const here = this.querySelector(`[data-part="${part.dataset.part}"]`);
      if (here && here.innerHTML !== part.innerHTML) here.replaceWith(part);
    }
    this.dispatchEvent(new CustomEvent("filing:kept", { bubbles: true }));
  }
}

customElements.define("filing-form", FilingForm);
