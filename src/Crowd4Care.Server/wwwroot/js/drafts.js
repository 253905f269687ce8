// Drafts that survive everything: in the browser with every key, and on the server, so that they wait for their author on every device.
import { inWords } from "./speak.js";

const prefix = "crowd4care.draft.";
const week = 7 * 24 * 3600 * 1000;
const pause = 1200;

/** @param {HTMLTextAreaElement} box */
function keep(box) {
  try {
    const key = prefix + box.dataset.draft;
    if (box.value.trim()) localStorage.setItem(key, JSON.stringify({ text: box.value, at: Date.now() }));
    else localStorage.removeItem(key);
  } catch {
    // Storage may be full or forbidden: then there are no drafts.
  }
}

/** Boxes with something unsaved, and the timers that save it; 0 when that failed. @type {Map<HTMLTextAreaElement, number>} */
const unsaved = new Map();

/** What is being saved just now. @type {Set<Promise<void>>} */
const underWay = new Set();

/** @param {HTMLTextAreaElement} box @param {boolean} [isLast] */
function save(box, isLast = false) {
  const saving = send(box, isLast).finally(() => underWay.delete(saving));
  underWay.add(saving);
}

/** When all is saved that was begun: what ends a claim must not come before its draft. */
export const settled = () => Promise.all(underWay);

/** @param {HTMLTextAreaElement} box @param {boolean} isLast */
async function send(box, isLast) {
  clearTimeout(unsaved.get(box));
  unsaved.delete(box);
  const form = box.form;
  const token = form?.querySelector("[name=__RequestVerificationToken]");
  if (!form || !box.isConnected || !(token instanceof HTMLInputElement)) return;
  const data = new FormData();
  data.append(token.name, token.value);
  data.append("text", box.value);
  const state = form.querySelector("[data-draft-state]");
  try {
    const response = await fetch(box.dataset.draftTo ?? "", { method: "POST", body: data, headers: { "X-Desk": "1" }, redirect: "manual", keepalive: isLast });
    if (state) state.textContent = response.ok ? inWords("Draft saved") : "";
  } catch {
    // Offline: the browser keeps it, and it is tried again with the connection back.
    unsaved.set(box, 0);
    if (state) state.textContent = inWords("Draft kept in this browser");
  }
}

function saveAll() {
  for (const box of [...unsaved.keys()]) save(box, true);
}

/** What was sent is not saved any more. @param {HTMLFormElement} form */
export function dropUnsaved(form) {
  for (const box of [...unsaved.keys()].filter(b => b.form === form)) {
    clearTimeout(unsaved.get(box));
    unsaved.delete(box);
  }
}

/** Forgets the draft of a form that was sent. @param {HTMLFormElement} form */
export function forgetDraft(form) {
  for (const box of form.querySelectorAll("textarea[data-draft]")) {
    try {
      localStorage.removeItem(prefix + /** @type {HTMLTextAreaElement} */ (box).dataset.draft);
    } catch {
      // Nothing was kept.
    }
  }
}

/** Restores what this browser kept, after a load and after each swap. @param {ParentNode} [root] */
export function restoreDrafts(root = document) {
  for (const box of root.querySelectorAll("textarea[data-draft]")) {
    if (!(box instanceof HTMLTextAreaElement) || box.dataset.ready) continue;
    box.dataset.ready = "yes";
    try {
      const kept = JSON.parse(localStorage.getItem(prefix + box.dataset.draft) ?? "null");
      // The newer of what this browser kept and what the server did.
      if (kept && (!box.value || kept.at > Date.parse(box.dataset.savedAt ?? ""))) box.value = kept.text;
    } catch {
      // Not readable: start empty.
    }
  }
}

function forgetOldDrafts() {
  try {
    for (const key of Object.keys(localStorage).filter(k => k.startsWith(prefix))) {
      const at = JSON.parse(localStorage.getItem(key) ?? "{}").at ?? 0;
      if (Date.now() - at > week) localStorage.removeItem(key);
    }
  } catch {
    // Storage is forbidden.
  }
}

/** Somebody wrote: kept here at once, on the server after a pause. @param {EventTarget | null} box */
function note(box) {
  if (!(box instanceof HTMLTextAreaElement)) return;
  if (box.dataset.draft) keep(box);
  if (!box.dataset.draftTo) return;
  clearTimeout(unsaved.get(box));
  unsaved.set(box, setTimeout(() => save(box), pause));
}

export function startDrafts() {
  forgetOldDrafts();
  // Written before this script was there, on a slow connection.
  for (const box of document.querySelectorAll("textarea")) if (box.value !== box.defaultValue) note(box);
  restoreDrafts();
  document.addEventListener("input", event => note(event.target));
  // Before what may end the claim: giving it back, asking staff, leaving the page.
  document.addEventListener("submit", event => {
    if (event.target instanceof HTMLFormElement && ![...unsaved.keys()].some(b => b.form === event.target)) saveAll();
  }, { capture: true });
  addEventListener("pagehide", saveAll);
  addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll());
}
