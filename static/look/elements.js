/*
 * Our small elements, one behaviour each. Every page works without them; they only add.
 */

/*
 * <read-aloud>: a button that reads the page's main part to those who would rather listen.
 *
 * It holds a button that the server hides; where the browser can speak, the button appears.
 */
class ReadAloud extends HTMLElement {
  #button;

  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.#button = this.querySelector("button");
    this.#button.hidden = false;
    this.#button.addEventListener("click", () => this.#toggle());
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  #toggle() {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      this.#show(false);
      return;
    }
    const parts = [...document.getElementById("main").children];
    const text = parts.filter((part) => !part.matches("footer")).map((part) => part.innerText);
    const words = new SpeechSynthesisUtterance(text.join("\n"));
    words.lang = document.documentElement.lang;
    words.onend = words.onerror = () => this.#show(false);
    speechSynthesis.speak(words);
    this.#show(true);
  }

  #show(isReading) {
    this.#button.setAttribute("aria-pressed", String(isReading));
  }
}

customElements.define("read-aloud", ReadAloud);

/* An open village switch closes when one taps elsewhere or presses Escape. */
function closeSwitch(event) {
  const open = document.querySelector(".switch[open]");
  if (!open) return;
  if (event.type === "keydown" ? event.key === "Escape" : !open.contains(event.target)) {
    open.open = false;
    if (event.type === "keydown") open.querySelector("summary").focus();
  }
}
document.addEventListener("click", closeSwitch);
document.addEventListener("keydown", closeSwitch);
