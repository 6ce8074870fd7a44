/*
 * <report-news version="3"> with a <live-topic>: says when this report has moved on.
 *
 * The story (the page's [data-story]) is brought up to date where it stands, unless somebody is in
 * it; nothing above it moves. What can be done now waits behind the notice, because a button that
 * changes under a finger is the wrong one.
 */
class ReportNews extends HTMLElement {
  connectedCallback() {
    this.addEventListener("live:frame", ({ detail }) => {
      if (detail.frame.version <= Number(this.getAttribute("version"))) return;
      this.setAttribute("version", detail.frame.version);
      this.querySelector(".notice").hidden = false;
      this.#bringUpToDate();
    });
  }

  async #bringUpToDate() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [shown, fresh] = [document, page].map((root) => root.querySelector("[data-story]"));
    if (shown && fresh && !shown.contains(document.activeElement)) {
      shown.replaceWith(document.importNode(fresh, true));
    }
  }
}

customElements.define("report-news", ReportNews);
