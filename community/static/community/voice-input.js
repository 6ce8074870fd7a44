/*
 * <voice-input for="id of a textarea">: speak instead of typing, where the browser can listen.
 *
 * Hidden where it cannot; what was typed stays, what was said is added behind it.
 */
const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;

class VoiceInput extends HTMLElement {
  connectedCallback() {
    if (!Recognition) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => (this.ear ? this.ear.stop() : this.#listen()));
  }

  #listen() {
    this.ear = new Recognition();
    this.ear.lang = document.documentElement.lang;
    this.ear.onresult = ({ results }) => this.#write(results[results.length - 1][0].transcript);
    this.ear.onend = () => {
      this.ear = null;
      this.button.setAttribute("aria-pressed", "false");
    };
    this.button.setAttribute("aria-pressed", "true");
    this.ear.start();
  }

  #write(words) {
    const field = document.getElementById(this.getAttribute("for"));
    field.value = (field.value + words).slice(0, field.maxLength > 0 ? field.maxLength : undefined);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("voice-input", VoiceInput);
