/*
 * <offline-form>: a report that is written without a network, and the list of what waits here.
 * <offline-page>: the page for want of a page; it lists what was kept of the others.
 *
 * The form asks for the little that the phone can judge; the rest the server says when it arrives,
 * and then the item can be changed here or finished on the usual page.
 */
import {
  ARRIVED,
  LATER,
  REFUSED,
  SENDING,
  WAITING,
  claim,
  discard,
  items,
  keep,
  markSeen,
  newId,
  note,
  sync,
} from "./outbox.js";
import { madeSmall } from "./small-photo.js";

const PLATE = /^\/d\/([^/]+)/;
const HOME = "home";

/* A kept page does not know how this person likes to read; the phone does. */
async function readAsUsual() {
  const reading = await note("reading").catch(() => null);
  if (!reading) return;
  if (reading.elder) document.documentElement.dataset.elder = "";
  const dark = document.querySelector('link[href*="dark"]');
  if (dark && reading.theme === "dark") dark.media = "all";
  if (dark && reading.theme === "light") dark.media = "not all";
}

class OfflineForm extends HTMLElement {
  #id = newId();
  #photos = [];
  #urls = [];
  #drawing = 0;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.button = document.querySelector('.footbar [form="offline"]');
    this.form.addEventListener("submit", (event) => this.#keep(event));
    this.form.addEventListener("change", (event) => {
      if (event.target.type === "file") this.#take(event.target);
      if (event.target.name === "category") this.#chooseNoSort(event.target);
    });
    this.form.addEventListener("input", ({ target }) => {
      const part = target.closest("section")?.querySelector("[data-error]");
      if (part) this.#error(part.dataset.error, "");
    });
    this.addEventListener("click", (event) => this.#pressed(event));
    window.addEventListener("outbox:changed", () => this.#drawItems());
    for (const change of ["online", "offline"]) window.addEventListener(change, () => this.#net());
    this.#begin();
  }

  async #begin() {
    this.#net();
    await readAsUsual();
    const plate = PLATE.exec(location.pathname)?.[1] ?? new URLSearchParams(location.search).get("door");
    if (plate) this.form.elements.door_code.value = decodeURIComponent(plate);
    await this.#listAreas().catch(() => {});
    await this.#drawItems();
  }

  #net() {
    this.querySelector("[data-offline]").hidden = navigator.onLine;
    this.querySelector("[data-online]").hidden = !navigator.onLine;
  }

  async #listAreas() {
    const list = this.form.elements.area;
    if (!(await note("who"))) list.querySelector(`[value=${HOME}]`).remove();
    const groups = new Map();
    for (const { key, name, group } of (await note("areas"))?.list ?? []) {
      if (!groups.has(group)) {
        groups.set(group, document.createElement("optgroup"));
        groups.get(group).label = group;
        list.append(groups.get(group));
      }
      groups.get(group).append(new Option(name, key));
    }
  }

  #chooseNoSort(kind) {
    for (const sort of this.form.querySelectorAll("[name=subcategory]")) {
      if (!kind.parentElement.contains(sort)) sort.checked = false;
    }
  }

  /* --- Photos --- */

  async #take(input) {
    const files = [...input.files];
    input.value = "";
    const room = Number(this.dataset.most) - this.#photos.length;
    this.#error("photos", files.length > room ? this.dataset.full : "");
    for (const file of files.slice(0, room)) {
      this.#photos.push({ id: newId(), blob: await madeSmall(file), name: file.name });
      this.#drawPhotos();
    }
  }

  #drawPhotos() {
    const list = this.querySelector("[data-photos]");
    list.replaceChildren(
      ...this.#photos.map((photo, index) => {
        const item = document.createElement("li");
        item.className = "photos__item";
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "tool";
        remove.dataset.act = "remove-photo";
        remove.dataset.photo = photo.id;
        remove.textContent = this.#words("remove", { number: index + 1 });
        item.append(this.#picture(photo, index), remove);
        return item;
      }),
    );
    const isFull = this.#photos.length >= Number(this.dataset.most);
    for (const add of this.querySelectorAll(".photos__add")) add.hidden = isFull;
  }

  #picture(photo, index) {
    const image = document.createElement("img");
    image.alt = this.#words("photo", { number: index + 1 });
    image.src = URL.createObjectURL(photo.blob);
    image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
    return image;
  }

  #words(name, values) {
    return Object.entries(values).reduce(
      (words, [key, value]) => words.replace(`{${key}}`, value),
      this.dataset[name],
    );
  }

  /* --- Keeping --- */

  async #keep(event) {
    event.preventDefault();
    if (this.button.hasAttribute("aria-busy") || !this.#isWhole()) return;
    this.button.setAttribute("aria-busy", "true");
    const fields = Object.fromEntries(new FormData(this.form));
    const kind = this.form.querySelector("[name=category]:checked")?.parentElement;
    const sort = this.form.querySelector("[name=subcategory]:checked")?.parentElement;
    const title = fields.body.split(/[。！？；;!?\n]/)[0].slice(0, 30) || sort?.textContent.trim();
    const writtenBy = this.who === undefined ? {} : { who: this.who };
    try {
      await keep({
        id: this.#id,
        kind: "report",
        fields,
        photos: this.#photos,
        title: title || kind?.textContent.trim() || "",
        ...writtenBy,
      });
    } catch (reason) {
      const isFull = reason && reason.name === "QuotaExceededError";
      this.#say(isFull ? this.dataset.noRoom : this.dataset.noStore, "brick");
      return;
    } finally {
      this.button.removeAttribute("aria-busy");
    }
    this.#startAnew();
    this.#say(this.dataset.kept, "leaf");
    sync();
  }

  #startAnew() {
    this.form.reset();
    this.#id = newId();
    this.#photos = [];
    this.who = undefined;
    this.#drawPhotos();
  }

  #isWhole() {
    const { door_code: door, area, place_note: words } = this.form.elements;
    const kind = this.form.querySelector("[name=category]:checked");
    const sort = this.form.querySelector("[name=subcategory]:checked");
    const needsPhoto = kind?.hasAttribute("data-needs-photo") && !this.#photos.length;
    const isPlaced = [door, area, words].some((field) => field.value.trim());
    this.#error("photos", needsPhoto ? this.dataset.photoMissing : "");
    this.#error("area", isPlaced ? "" : this.dataset.placeMissing);
    this.#error("subcategory", sort ? "" : this.dataset.kindMissing);
    const first = this.querySelector("[data-error]:not([hidden])");
    first?.scrollIntoView({ block: "center" });
    return !first;
  }

  #error(field, words) {
    const place = this.querySelector(`[data-error="${field}"]`);
    if (!place) return;
    place.textContent = words;
    place.hidden = !words;
  }

  #say(words, tone) {
    const said = this.querySelector("[data-said]");
    said.dataset.tone = tone;
    said.querySelector("[data-words]").textContent = words;
    said.hidden = false;
    said.scrollIntoView({ block: "center" });
  }

  /* --- What waits --- */

  async #drawItems() {
    const drawing = ++this.#drawing;
    const who = (await note("who").catch(() => "")) ?? "";
    const all = await items().catch(() => []);
    if (drawing !== this.#drawing) return;
    const mine = all.filter((item) => !item.who || item.who === who);
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url);
    const focused = document.activeElement?.closest?.("[data-id]")?.dataset.id;
    this.querySelector("[data-items]").replaceChildren(
      ...mine.reverse().map((item) => this.#item(item, who)),
    );
    if (focused) this.querySelector(`[data-id="${focused}"] button:not([hidden])`)?.focus();
    const others = this.querySelector("[data-of-others]");
    others.hidden = mine.length === all.length;
    others.textContent = this.#words("others", { count: all.length - mine.length });
    this.querySelector("[data-waiting]").hidden = !all.length;
    for (const { id, state, isSeen } of mine) {
      if (state === ARRIVED && !isSeen && !document.hidden) markSeen(id);
    }
  }

  #item(item, who) {
    const row = this.querySelector("template[data-item]").content.cloneNode(true).firstElementChild;
    row.dataset.id = item.id;
    const title = row.querySelector("[data-title]");
    title.textContent = item.title || this.dataset.unnamed;
    if (item.state === ARRIVED && item.url) title.href = item.url;
    const status = row.querySelector("[data-state]");
    status.dataset.state = item.state;
    status.dataset.fam = { [ARRIVED]: "doing", [REFUSED]: "you", [LATER]: "hold" }[item.state] ?? "hold";
    const icon = { [ARRIVED]: "check", [REFUSED]: "warn" }[item.state] ?? "clock";
    for (const one of status.querySelectorAll("[data-icon]")) one.hidden = one.dataset.icon !== icon;
    row.querySelector("[data-state-words]").textContent = this.#stateOf(item, who);
    row.querySelector("[data-reasons]").append(
      ...(item.reasons ?? []).map(({ words }) => {
        const reason = document.createElement("li");
        reason.textContent = words;
        return reason;
      }),
    );
    this.#thumbnail(row, item);
    const isOpen = item.state !== ARRIVED && item.state !== SENDING;
    const shown = {
      "[data-sign-in]": isOpen && !who && navigator.onLine,
      '[data-act="claim"]': isOpen && !item.who && Boolean(who),
      '[data-act="edit"]': isOpen,
      "[data-mend]": item.state === REFUSED && Boolean(item.url) && navigator.onLine,
      '[data-act="discard"]': isOpen,
      '[data-act="clear"]': item.state === ARRIVED,
    };
    for (const [act, isShown] of Object.entries(shown)) row.querySelector(act).hidden = !isShown;
    if (item.state === REFUSED && item.url) row.querySelector("[data-mend]").href = item.url;
    return row;
  }

  #thumbnail(row, item) {
    const photo = item.photos.find(({ blob }) => blob);
    if (!photo) return;
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(photo.blob);
    this.#urls.push(image.src);
    row.querySelector(".row__lead").replaceChildren(image);
  }

  #stateOf(item, who) {
    const names = { [WAITING]: "Waiting", [SENDING]: "Sending", [ARRIVED]: "Arrived" };
    const words = this.dataset[`state${{ ...names, [REFUSED]: "Refused", [LATER]: "Later" }[item.state]}`];
    if (item.state === ARRIVED) return item.number ? `${words} ${item.number}` : words;
    if (item.state === SENDING || item.state === REFUSED) return words;
    if (!item.who && who) return this.dataset.stateUnowned;
    return !who && navigator.onLine ? this.dataset.stateSignIn : words;
  }

  async #pressed(event) {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const id = button.closest("[data-id]")?.dataset.id;
    const act = button.dataset.act;
    if (act === "remove-photo") {
      this.#photos = this.#photos.filter((photo) => photo.id !== button.dataset.photo);
      this.#drawPhotos();
    } else if (act === "claim") {
      await claim(id, await note("who"));
      sync();
    } else if (act === "edit") await this.#edit(id);
    else if (act === "clear" || button.dataset.really) await discard(id);
    else {
      button.dataset.really = "really";
      button.textContent = this.dataset.really;
    }
  }

  async #edit(id) {
    const item = (await items()).find((one) => one.id === id);
    if (!item || item.state === SENDING || item.state === ARRIVED) return;
    this.#startAnew();
    this.#id = item.id;
    this.who = item.who;
    this.#photos = [...item.photos.filter(({ blob }) => blob)];
    this.#drawPhotos();
    for (const [name, value] of Object.entries(item.fields)) {
      for (const field of this.form.querySelectorAll(`[name="${name}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else field.value = value;
      }
    }
    for (const { field, words } of item.reasons ?? []) {
      this.#error(field === "door_code" ? "area" : field, words);
    }
    this.form.scrollIntoView();
  }
}

class OfflinePage extends HTMLElement {
  async connectedCallback() {
    await readAsUsual();
    if (!("caches" in window)) return;
    const pages = await caches.open("pages");
    const list = this.querySelector("[data-pages]");
    for (const { url } of (await pages.keys()).reverse().slice(0, 8)) {
      const words = await (await pages.match(url)).text();
      const title = new DOMParser().parseFromString(words, "text/html").title;
      if (!title) continue;
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.className = "row";
      link.href = new URL(url).pathname + new URL(url).search;
      link.textContent = title.split(" - ")[0];
      row.append(link);
      list.append(row);
    }
    this.querySelector("[data-kept]").hidden = !list.children.length;
  }
}

customElements.define("offline-form", OfflineForm);
customElements.define("offline-page", OfflinePage);
