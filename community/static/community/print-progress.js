/*
 * <print-progress topic="print:…">: the bar of a job that is being drawn.
 *
 * Its <progress> and its [data-done] follow what the hub says. When the job is finished the page is
 * asked for again: there is nothing on it that somebody could be typing. When nothing is heard for
 * a while, it is asked for as well, as it would be without a script.
 */
import { line } from "./live.js";

const UNFINISHED = ["waiting", "running"];
const SILENCE_MS = 15_000;

class PrintProgress extends HTMLElement {
  #timer;
  #listener = (frame) => this.#show(frame);

  connectedCallback() {
    line.listen(this.getAttribute("topic"), this.#listener);
    this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    line.leave(this.getAttribute("topic"), this.#listener);
  }

  #show({ state, done }) {
    if (!UNFINISHED.includes(state)) {
      location.reload();
      return;
    }
    this.querySelector("progress").value = done;
    this.querySelector("[data-done]").textContent = String(done);
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => location.reload(), SILENCE_MS);
  }
}

customElements.define("print-progress", PrintProgress);
