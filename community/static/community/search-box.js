/*
 * <search-box>: titles are suggested below the box while somebody types.
 *
 * It waits until they pause and until an input method has finished a character; a slower answer
 * never overwrites a later one. Down and up walk through the list, Escape closes it. Without it
 * the form is a plain form.
 */
const PAUSE_MS = 200;

class SearchBox extends HTMLElement {
  #input; #list; #status; #timer; #asking; #asked = "";

  connectedCallback() {
    this.#input = this.querySelector("input[name=q]");
    this.#list = this.querySelector(".search-box__list");
    this.#status = this.querySelector("[role=status]");
    this.#input.addEventListener("input", (event) => event.isComposing || this.#wait());
    this.#input.addEventListener("compositionend", () => this.#wait());
    this.addEventListener("keydown", (event) => this.#walk(event));
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.#close());
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    const typed = this.#input.value.trim();
    if (typed === this.#asked) return;
    this.#asked = typed;
    this.#asking?.abort();
    if (!typed) return this.#close();
    this.#asking = new AbortController();
    try {
      const address = `${this.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: this.#asking.signal });
      if (answer.ok) this.#show(await answer.text());
    } catch {
      // No network, or a later question: the form still works, and nothing is in the way.
      this.#close();
    }
  }

  #show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    this.#list.replaceChildren(...page.body.childNodes);
    const rows = this.#list.querySelector("[data-count]");
    this.#list.hidden = !rows || !this.contains(document.activeElement);
    this.#status.textContent = rows?.dataset.count ?? "";
  }

  #close() {
    this.#list.hidden = true;
    this.#status.textContent = "";
    this.#asked = "";
  }

  #walk(event) {
    if (event.isComposing || this.#list.hidden) return;
    if (event.key === "Escape") {
      this.#close();
      this.#input.focus();
      event.preventDefault();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [this.#input, ...this.#list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + step;
    stops[(next + stops.length) % stops.length].focus();
    event.preventDefault();
  }
}

customElements.define("search-box", SearchBox);
