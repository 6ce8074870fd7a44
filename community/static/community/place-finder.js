/*
 * <place-finder>: the phone's position, asked for only when somebody taps.
 *
 * Without this script (or without a position) the door code and the list of areas remain. The
 * browser's own interface gives WGS-84; a container that gives GCJ-02 says so in data-datum.
 */
const WAIT_MS_MAX = 15_000;

class PlaceFinder extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-find]");
    if (!button || !("geolocation" in navigator)) return;
    this.hidden = false;
    this.says = this.querySelector("[data-says]");
    button.addEventListener("click", () => this.#find(button));
  }

  #find(button) {
    const consent = this.querySelector("[data-consent]");
    if (consent && !consent.querySelector("input").checked) {
      consent.hidden = false;
      consent.querySelector("input").focus();
      this.says.textContent = this.dataset.agree;
      return;
    }
    button.setAttribute("aria-busy", "true");
    this.says.textContent = this.dataset.finding;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#found(button, coords),
      (problem) => this.#failed(button, problem),
      { enableHighAccuracy: true, timeout: WAIT_MS_MAX, maximumAge: 60_000 },
    );
  }

  #found(button, { latitude, longitude, accuracy }) {
    button.removeAttribute("aria-busy");
    this.says.textContent = "";
    const consent = this.querySelector("[data-consent]");
    if (consent) consent.hidden = true; // its tick goes along with the form
    this.dispatchEvent(
      new CustomEvent("place:pick", {
        bubbles: true,
        detail: { lat: latitude, lng: longitude, accuracy, source: "position", datum: this.dataset.datum },
      }),
    );
  }

  #failed(button, problem) {
    button.removeAttribute("aria-busy");
    const refused = problem.code === problem.PERMISSION_DENIED;
    this.says.textContent = refused ? this.dataset.refused : this.dataset.failed;
  }
}

/*
 * <place-fields>: keeps the hidden fields of a point in step with whoever picked one.
 */
class PlaceFields extends HTMLElement {
  connectedCallback() {
    const fields = this.closest("form").elements;
    const changed = () => this.dispatchEvent(new CustomEvent("filing:changed", { bubbles: true }));
    // What was said last is what counts, so each way clears the others.
    this.addEventListener("place:pick", ({ detail }) => {
      fields.lat.value = detail.lat.toFixed(6);
      fields.lng.value = detail.lng.toFixed(6);
      fields.accuracy_m.value = detail.accuracy ? Math.ceil(detail.accuracy) : "";
      fields.datum.value = detail.datum || "wgs84";
      fields.door_code.value = fields.area.value = "";
      this.querySelector("place-map")?.show(detail.lat, detail.lng);
      changed();
    });
    this.addEventListener("change", ({ target }) => {
      if (!["door_code", "area"].includes(target.name) || !target.value) return;
      const other = target.name === "area" ? fields.door_code : fields.area;
      for (const field of [fields.lat, fields.lng, fields.accuracy_m, other]) field.value = "";
      changed();
    });
  }
}

customElements.define("place-finder", PlaceFinder);
customElements.define("place-fields", PlaceFields);
