/*
 * <inbox-list>: on a wide screen a tap on a line shows that report beside the list.
 *
 * Without it, and on a phone, the line leads to the report's own page.
 */
const WIDE = matchMedia("(min-width: 62rem)");

class InboxList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#choose(event));
  }

  async #choose(event) {
    const line = event.target.closest("tr[data-number]");
    const link = line?.querySelector("a[data-pane]");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !isPlain || !WIDE.matches) return;
    event.preventDefault();
    const answer = await fetch(link.dataset.pane);
    if (!answer.ok) {
      location.assign(link.href);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.querySelector("#pane").replaceWith(page.querySelector("#pane"));
    for (const other of this.querySelectorAll("tr[aria-selected]")) other.removeAttribute("aria-selected");
    line.setAttribute("aria-selected", "true");
    history.replaceState(null, "", link.dataset.pane);
  }
}

customElements.define("inbox-list", InboxList);
