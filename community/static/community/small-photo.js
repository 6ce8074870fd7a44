/*
 * madeSmall(file): the photo at 1600 dots, drawn anew on the phone.
 *
 * It is a seventh of the bytes of what the camera made, and no longer knows where it was taken.
 */
const LONGEST_SIDE = 1600;
const SMALL_ENOUGH_BYTES = 400_000;
const QUALITY = 0.85;

export async function madeSmall(file) {
  if (file.size <= SMALL_ENOUGH_BYTES) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG knows no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file; // a format this browser cannot draw, HEIC for one: the server can
  }
}
