// Says things without taking the focus, to everybody as a toast or to screen readers alone, and in the reader's language.

/** The texts of the page's language by their English form; empty in English. @type {Record<string, string>} */
const texts = JSON.parse(document.querySelector("#texts")?.textContent ?? "{}");

/** A text in the reader's language, with values where it has {0}, {1} … @param {string} english @param {...(string | number)} values */
export const inWords = (english, ...values) => (texts[english] ?? english).replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)] ?? ""));

/** @param {string} text @param {string} style @param {number} lasts Milliseconds. */
function put(text, style, lasts) {
  const place = document.querySelector("[data-toasts]");
  if (!place || !text) return;
  const note = document.createElement("p");
  note.className = style;
  note.textContent = text;
  place.append(note);
  setTimeout(() => note.remove(), lasts);
}

/** @param {string} message @param {boolean} [isBad] */
export const toast = (message, isBad = false) => put(message, isBad ? "toast is-bad" : "toast", isBad ? 8000 : 4000);

/** For screen readers, without a toast. @param {string} text */
export const whisper = text => put(text, "sr-only", 4000);
