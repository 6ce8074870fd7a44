/*
 * <code-scanner>: look for a door plate through the camera, where the browser can see codes.
 *
 * Without BarcodeDetector the photo of the plate goes to the server, which reads it; the typed
 * code always works. What is found is put into the form and sent: one way in for all three.
 */
class CodeScanner extends HTMLElement {
  async connectedCallback() {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!formats.includes("qr_code")) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.#look());
  }

  disconnectedCallback() {
    this.#stop();
  }

  async #look() {
    const video = this.querySelector("video");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      this.querySelector("[data-says]").textContent = this.dataset.refused;
      return;
    }
    video.hidden = false;
    video.srcObject = this.stream;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    while (this.stream) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code) return this.#found(code.rawValue);
      await new Promise((next) => setTimeout(next, 200));
    }
  }

  #found(text) {
    this.#stop();
    const form = document.getElementById(this.dataset.form);
    form.elements.code.value = text;
    form.requestSubmit();
  }

  #stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }
}

customElements.define("code-scanner", CodeScanner);
