/*
 * <print-page>: a button that prints the page; without this script the browser's own menu does.
 */
class PrintPage extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => window.print());
  }
}

customElements.define("print-page", PrintPage);
