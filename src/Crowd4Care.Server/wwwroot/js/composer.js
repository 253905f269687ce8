// The reply box: the length as its network counts it, and the reply as it will stand there.
import { inWords, toast } from "./speak.js";

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
const encoder = new TextEncoder();

/** Said to who can't see the counter when so few are left. */
const near = 30;
const pause = 1000;

/** Grapheme clusters: what a person sees as one character. @param {string} text */
export const countGraphemes = text => (segmenter ? [...segmenter.segment(text)].length : [...text].length);

/** Bytes of UTF-8. @param {string} text */
export const countBytes = text => encoder.encode(text).length;

/** @param {number} many @param {string} one What to say of one. @param {string} more What to say of any other number. */
const counted = (many, one, more) => inWords(many === 1 ? one : more, many);

/**
 * What to show and what to say of a text.
 * @param {string} text @param {number} limit @param {number} limitBytes Bytes of UTF-8; 0 where they don't count.
 * @returns {{ shown: string, said: string, isOver: boolean, isClose: boolean }}
 */
export function measure(text, limit, limitBytes) {
  const count = countGraphemes(text);
  const bytesOver = limitBytes > 0 ? countBytes(text) - limitBytes : 0;
  const left = limit - count;
  if (left < 0) return { shown: inWords("{0} too many", -left), said: counted(-left, "{0} character too many", "{0} characters too many"), isOver: true, isClose: false };
  const bytes = counted(bytesOver, "{0} byte too many", "{0} bytes too many");
  if (bytesOver > 0) return { shown: bytes, said: inWords("{0}: emoji take several each", bytes), isOver: true, isClose: false };
  return { shown: `${count} / ${limit}`, said: left < near ? counted(left, "{0} character left", "{0} characters left") : "", isOver: false, isClose: left < near };
}

/** @type {WeakMap<Element, number>} */
const waiting = new WeakMap();

/** Says it when the typing pauses, and not again and again. @param {Element} place @param {string} text */
function say(place, text) {
  clearTimeout(waiting.get(place));
  waiting.set(place, setTimeout(() => {
    if (place.textContent !== text) place.textContent = text;
  }, pause));
}

/** Brings counter, preview and button of a reply box up to date. @param {HTMLTextAreaElement} box */
function count(box) {
  const form = box.form;
  const text = box.value.trim();
  const limit = Number(box.dataset.limit ?? 0);
  let isOver = false;
  if (limit > 0) {
    const measured = measure(text + (box.dataset.signature ?? ""), limit, Number(box.dataset.limitBytes ?? 0));
    isOver = measured.isOver;
    const counter = form?.querySelector("[data-counter]");
    if (counter) {
      counter.textContent = measured.shown;
      counter.classList.toggle("is-over", isOver);
      counter.classList.toggle("is-close", measured.isClose);
    }
    const said = form?.querySelector("[data-counter-said]");
    if (said) say(said, measured.said);
  }
  const preview = form?.querySelector("[data-preview]");
  if (preview) preview.textContent = text;
  const send = form?.querySelector("[data-send]");
  if (send instanceof HTMLButtonElement) send.disabled = text.length === 0 || isOver;
}

/** Counts what is there, after a load and after each swap. @param {ParentNode} [root] */
export function prepareComposers(root = document) {
  for (const box of root.querySelectorAll("textarea[data-limit]")) if (box instanceof HTMLTextAreaElement) count(box);
  for (const button of root.querySelectorAll("[data-copy]")) button.removeAttribute("hidden");
  // Somebody writes on in a box that has just come in the place of theirs.
  const writing = document.activeElement;
  if (writing instanceof HTMLTextAreaElement && root.contains(writing)) offerNames(writing);
}

/** Fetched when it is wanted for the first time. @param {HTMLTextAreaElement} box */
function offerNames(box) {
  if (box.dataset.names !== undefined && box.value.includes("@")) import("./names.js").then(names => names.offer(box));
}

/** @param {HTMLTextAreaElement} box */
async function copy(box) {
  try {
    await navigator.clipboard.writeText(box.value);
  } catch {
    box.select();
    document.execCommand("copy");
  }
  toast(inWords("Copied."));
}

export function startComposer() {
  prepareComposers();
  // Who came to answer can type at once; on a phone the keyboard would hide what is answered. Going to the place takes the focus away, and is over then.
  if (location.hash === "#answer" && matchMedia("(pointer: fine)").matches)
    addEventListener("load", () => document.getElementById("reply-text")?.focus({ preventScroll: true }), { once: true });
  document.addEventListener("input", event => {
    const box = event.target;
    if (!(box instanceof HTMLTextAreaElement)) return;
    if (box.dataset.limit) count(box);
    offerNames(box);
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement && event.target.form?.hasAttribute("data-action")) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("[data-send]") ?? undefined);
    }
  });
  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest("button[data-copy], button[data-write]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    if (button.hasAttribute("data-write")) {
      event.preventDefault();
      // Fetched when it is wanted for the first time.
      if (!button.classList.contains("is-busy")) (await import("./templates.js")).write(button);
      return;
    }
    const box = document.querySelector(button.dataset.copy ?? "");
    if (box instanceof HTMLTextAreaElement) copy(box);
  });
}
