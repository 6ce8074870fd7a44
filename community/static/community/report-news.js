/*
 * <report-news src="/reports/R-…/version/" version="3">: says when a report has moved on.
 *
 * It never changes the page under somebody's eyes or fingers: it only shows the notice it holds.
 * It asks when a live message about something arrives (the shell fires `linli:news`), when the
 * page comes to the front again, and now and then.
 */
const WAIT_MS = 60_000;

class ReportNews extends HTMLElement {
  #timer;
  #ask = () => this.#look();

  connectedCallback() {
    document.addEventListener("linli:news", this.#ask);
    document.addEventListener("visibilitychange", this.#ask);
    this.#timer = setInterval(this.#ask, WAIT_MS);
  }

  disconnectedCallback() {
    document.removeEventListener("linli:news", this.#ask);
    document.removeEventListener("visibilitychange", this.#ask);
    clearInterval(this.#timer);
  }

  async #look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { version } = await answer.json();
      if (version > Number(this.getAttribute("version"))) this.firstElementChild.hidden = false;
    } catch {
      // No network: the page stands as it is, and asks again.
    }
  }
}

customElements.define("report-news", ReportNews);
