// Says things without taking the focus: to everybody as a toast, or to screen readers alone.

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
