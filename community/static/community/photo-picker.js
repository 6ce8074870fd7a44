/*
 * <photo-picker data-url="/reports/new/…/photos/" data-most="6">: photos that upload themselves.
 *
 * Without this script the file inputs show themselves and go with the form. With it, every photo
 * is made small on the phone (which also drops where it was taken), sent at once with its own
 * progress, and can be tried again alone; the form waits for what is still on its way.
 */
import { madeSmall } from "./small-photo.js";

class PhotoPicker extends HTMLElement {
  #onTheirWay = Promise.resolve();

  connectedCallback() {
    this.form = this.closest("form");
    this.list = this.querySelector("[data-photos]");
    this.says = this.querySelector("[data-says]");
    this.addEventListener("change", (event) => {
      if (event.target.type === "file") this.#take(event.target);
    });
    this.addEventListener("click", (event) => this.#pressed(event));
    this.form.waitFor = () => this.#onTheirWay;
    this.#count();
  }

  #take(input) {
    const room = Number(this.dataset.most) - this.list.children.length;
    for (const file of [...input.files].slice(0, room)) this.#send(file);
    if (input.files.length > room) this.#say(this.dataset.full);
    input.value = "";
  }

  #send(file, item = this.#placeholder(file)) {
    // One after the other: on a weak network the first is there sooner, and the order is kept.
    this.#onTheirWay = this.#onTheirWay.then(() => this.#upload(file, item));
  }

  #placeholder(file) {
    const item = document.createElement("li");
    item.className = "photos__item";
    item.dataset.state = "sending";
    item.photoId = crypto.randomUUID ? crypto.randomUUID() : "";
    const image = document.createElement("img");
    image.alt = this.dataset.sending;
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    image.onerror = () => image.removeAttribute("src");
    const meter = document.createElement("progress");
    meter.max = 1;
    meter.setAttribute("aria-label", this.dataset.sending);
    item.append(image, meter);
    this.list.append(item);
    this.#count();
    return item;
  }

  async #upload(file, item) {
    item.dataset.state = "sending";
    item.querySelector(".tool")?.remove();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.append("photo_id", item.photoId);
    body.append("photos", await madeSmall(file), file.name || "photo.jpg");
    const { status, text } = await this.#post(body, item.querySelector("progress"));
    if (status === 200) {
      const fresh = document.createRange().createContextualFragment(text);
      item.replaceWith(fresh);
      this.#say("");
    } else if (status === 422) {
      item.remove();
      this.#say(text);
    } else {
      this.#offerAgain(file, item);
    }
    this.#count();
    this.dispatchEvent(new CustomEvent("filing:changed", { bubbles: true }));
  }

  #post(body, meter) {
    return new Promise((done) => {
      const request = new XMLHttpRequest(); // fetch cannot tell how far an upload has come
      request.open("POST", this.dataset.url);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.upload.onprogress = ({ loaded, total }) => (meter.value = total ? loaded / total : 0);
      request.onload = () => done({ status: request.status, text: request.responseText });
      request.onerror = request.ontimeout = () => done({ status: 0, text: "" });
      request.send(body);
    });
  }

  #offerAgain(file, item) {
    item.dataset.state = "stuck";
    item.file = file; // the form takes it along when it is kept for later
    const again = document.createElement("button");
    again.type = "button";
    again.className = "tool";
    again.textContent = this.dataset.again;
    again.onclick = () => this.#send(file, item);
    item.append(again);
    this.#say(this.dataset.stuck);
  }

  async #pressed(event) {
    const button = event.target.closest("button[name=act]");
    if (!button || !navigator.onLine) return; // the form posts instead
    event.preventDefault();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.append("act", button.value);
    const answer = await fetch(this.dataset.url, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "XMLHttpRequest" },
    }).catch(() => null);
    if (!answer || !answer.ok) return this.form.requestSubmit(button);
    const sending = [...this.list.querySelectorAll("[data-state]")];
    this.list.innerHTML = await answer.text();
    this.list.append(...sending);
    this.#count();
    this.dispatchEvent(new CustomEvent("filing:changed", { bubbles: true }));
  }

  #count() {
    const count = this.list.children.length;
    const most = Number(this.dataset.most);
    for (const add of this.querySelectorAll(".photos__add")) add.hidden = count >= most;
    const shown = this.querySelector("[data-count]");
    if (shown) shown.textContent = String(count);
  }

  #say(words) {
    this.says.textContent = words;
    this.says.hidden = !words;
  }
}

customElements.define("photo-picker", PhotoPicker);
