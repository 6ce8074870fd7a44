/*
 * <place-map data-leaflet data-leaflet-css data-boundaries data-pin>: a map of our own.
 *
 * It draws our boundaries; tiles come only where a county has set some. Leaflet is fetched when
 * the map is opened, never before. A tap, a drag of the pin, or the button (which takes the middle
 * of the map, so that a keyboard is enough) says `place:pick`.
 */
const NEAR = 15;

function loaded(url) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

function styled(url) {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

class PlaceMap extends HTMLElement {
  #map;
  #pin;
  #areas;
  #isDrawn = false;

  connectedCallback() {
    const drawer = this.closest("details");
    if (drawer) drawer.hidden = false; // without this script there is nothing to open
    if (!drawer || drawer.open) this.#open();
    else drawer.addEventListener("toggle", () => drawer.open && this.#open());
    this.querySelector("[data-here]")?.addEventListener("click", () => {
      if (this.#map) this.#picked(this.#map.getCenter());
    });
  }

  async #open() {
    if (this.#map) return this.#map.invalidateSize();
    if (this.opening) return;
    this.opening = true;
    const says = this.querySelector("[data-says]");
    try {
      await Promise.all([loaded(this.dataset.leaflet), styled(this.dataset.leafletCss)]);
      this.#draw(await this.#boundaries());
      says.textContent = "";
    } catch {
      says.textContent = this.dataset.failed;
      this.opening = false;
    }
  }

  /** The unit with its grids, and the micro-grids within each: two levels of the same address. */
  async #boundaries() {
    const url = new URL(this.dataset.boundaries, location.href);
    const within = async (id) => {
      url.searchParams.set("within", id);
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(answer.status);
      return (await answer.json()).features;
    };
    const unit = await within(this.dataset.unit);
    const grids = unit.filter(({ properties }) => properties.kind === "grid");
    const inside = await Promise.all(grids.map(({ id }) => within(id)));
    const inner = inside.flat().filter(({ properties }) => !properties.is_outer);
    return { type: "FeatureCollection", features: [...inner, ...unit] };
  }

  #draw(boundaries) {
    const { L } = window;
    const canvas = this.querySelector("[data-canvas]");
    this.#map = L.map(canvas, { attributionControl: Boolean(this.dataset.attribution), zoomSnap: 0.5, zoomControl: false });
    L.control.zoom({ position: "bottomright" }).addTo(this.#map); // away from the names
    this.#map.attributionControl?.setPrefix(false);
    if (this.dataset.tiles) {
      L.tileLayer(this.dataset.tiles, { attribution: this.dataset.attribution, maxZoom: 19 }).addTo(this.#map);
    }
    this.#areas = L.geoJSON(boundaries, {
      style: (feature) => ({ className: `place-map__area place-map__area--${feature.properties.kind}` }),
      onEachFeature: ({ properties }, layer) => {
        if (properties.kind !== "micro_grid") return;
        // On the map of micro-grids the word for one (wei wang ge) says nothing more.
        layer.bindTooltip(properties.name.replace(/\u5fae\u7f51\u683c$/, ""), { permanent: true, direction: "center", className: "place-map__name" });
      },
    }).addTo(this.#map);
    const { lat, lng } = this.dataset;
    if (lat && lng) this.show(Number(lat), Number(lng));
    else if (this.#areas.getLayers().length) {
      this.#map.fitBounds(this.#areas.getBounds(), { padding: [8, 8] });
      this.#isDrawn = true;
    }
    this.#map.on("click", ({ latlng }) => this.#picked(latlng));
    this.closest("filing-form")?.addEventListener("filing:kept", () => this.#mark());
    this.#mark();
  }

  /** Fill the area that the server found, as it is written beside the map. */
  #mark() {
    const found = this.closest("form")?.querySelector("[data-part='place']")?.dataset.area;
    this.#areas.eachLayer((layer) => {
      layer.getElement()?.toggleAttribute("data-on", String(layer.feature.id) === found);
    });
  }

  show(lat, lng) {
    this.dataset.lat = lat;
    this.dataset.lng = lng;
    if (!this.#map) return;
    const { L } = window;
    if (!this.#pin) {
      const icon = L.icon({ iconUrl: this.dataset.pin, iconSize: [36, 44], iconAnchor: [18, 42] });
      this.#pin = L.marker([lat, lng], { icon, draggable: true, alt: this.dataset.pinAlt, keyboard: false });
      this.#pin.addTo(this.#map).on("dragend", () => this.#picked(this.#pin.getLatLng()));
    }
    this.#pin.setLatLng([lat, lng]);
    const isShown = this.#isDrawn && this.#map.getBounds().contains([lat, lng]);
    this.#isDrawn = true;
    if (!isShown) this.#map.setView([lat, lng], NEAR); // else nothing moves under a finger
  }

  #picked({ lat, lng }) {
    this.show(lat, lng);
    this.dispatchEvent(new CustomEvent("place:pick", { bubbles: true, detail: { lat, lng, source: "map" } }));
  }
}

customElements.define("place-map", PlaceMap);
