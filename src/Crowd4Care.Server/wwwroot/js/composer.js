// The reply box: characters as the network counts them, and drafts that survive everything.

const prefix = "crowd4care.draft.";
const week = 7 * 24 * 3600 * 1000;
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/** Grapheme clusters: what a person sees as one character. @param {string} text */
export const countGraphemes = text => (segmenter ? [...segmenter.segment(text)].length : [...text].length);

/** @param {HTMLTextAreaElement} box */
function count(box) {
  const limit = Number(box.dataset.limit ?? 0);
  const form = box.form;
  const counter = form?.querySelector("[data-counter]");
  const send = form?.querySelector("[data-send]");
  const isEmpty = box.value.trim().length === 0;
  let isOver = false;
  if (limit > 0 && counter) {
    const length = countGraphemes(box.value.trim() + (box.dataset.signature ?? ""));
    isOver = length > limit;
    counter.textContent = isOver ? `${length - limit} too many` : `${length} / ${limit}`;
    counter.classList.toggle("is-over", isOver);
    counter.classList.toggle("is-close", !isOver && length > limit - 30);
  }
  if (send instanceof HTMLButtonElement) send.disabled = isEmpty || isOver;
}

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

/** Restores drafts and counts, after a load and after each swap. @param {ParentNode} [root] */
export function prepareComposers(root = document) {
  for (const box of root.querySelectorAll("textarea[data-draft]")) {
    if (!(box instanceof HTMLTextAreaElement) || box.dataset.ready) continue;
    box.dataset.ready = "yes";
    try {
      const kept = JSON.parse(localStorage.getItem(prefix + box.dataset.draft) ?? "null");
      if (kept && !box.value) box.value = kept.text;
    } catch {
      // Not readable: start empty.
    }
    if (box.dataset.limit) count(box);
  }
  for (const button of root.querySelectorAll("[data-copy]")) button.removeAttribute("hidden");
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

export function startComposer() {
  forgetOldDrafts();
  prepareComposers();
  // Who came to answer can type at once; on a phone the keyboard would hide what is answered.
  if (location.hash === "#answer" && matchMedia("(pointer: fine)").matches) document.getElementById("reply-text")?.focus({ preventScroll: true });
  document.addEventListener("input", event => {
    if (event.target instanceof HTMLTextAreaElement && event.target.dataset.draft) {
      keep(event.target);
      if (event.target.dataset.limit) count(event.target);
    }
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement && event.target.form?.hasAttribute("data-action")) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("[data-send]") ?? undefined);
    }
  });
  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    const box = button && document.querySelector(button.getAttribute("data-copy") ?? "");
    if (!(box instanceof HTMLTextAreaElement)) return;
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      box.select();
      document.execCommand("copy");
    }
    const { toast } = await import("./actions.js");
    toast("Copied.");
  });
}
