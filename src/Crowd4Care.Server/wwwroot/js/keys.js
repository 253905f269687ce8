// The keyboard. Nothing is bound here: a page marks its own links, buttons and fields with data-key, and what is marked and to be seen is what
// the keys do, what the sheet behind ? lists, and what the palette offers.

/** @typedef {{ key: string, label: string, element: HTMLElement }} Action */

const off = "crowd4care.keys";
const patience = 1500;

/** The first key of two, such as g in "g f", and when it was pressed. */
let first = "";
let firstAt = 0;

/** @param {Element} element */
const isSeen = element => !element.closest("[inert]") && element.checkVisibility({ visibilityProperty: true }) && !(element instanceof HTMLButtonElement && element.disabled);

/** @param {EventTarget | null} target */
const isWriting = target => target instanceof HTMLElement && !target.matches("[type=checkbox]") && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const items = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main [data-item]")].filter(isSeen));

const currentItem = () => document.activeElement?.closest("[data-item]") ?? null;

/** What a list's own link is: where o and Enter lead. @param {Element} item */
const opener = item => /** @type {HTMLElement | null} */ (item.matches("a[href]") ? item : item.querySelector("[data-open]"));

/** @param {HTMLElement} element */
const label = element => (element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.textContent ?? "").replace(/\s+/g, " ").trim();

/** What can be done now; in a list, with the chosen item before the first one. @param {string} [selector] @returns {Action[]} */
export function actions(selector = "[data-key]") {
  const here = currentItem();
  const found = /** @type {HTMLElement[]} */ ([...(here?.querySelectorAll(selector) ?? []), ...document.querySelectorAll(selector)]).filter(isSeen);
  const byKey = new Map();
  for (const element of found) if (!byKey.has(element.dataset.key)) byKey.set(element.dataset.key, { key: element.dataset.key, label: label(element), element });
  return [...byKey.values()];
}

/** Does what a click would do; a fold is opened and its first field focused. @param {HTMLElement} element */
export function act(element) {
  if (element.matches("textarea, input:not([type=checkbox]), select")) {
    element.scrollIntoView({ block: "nearest" });
    element.focus();
    return;
  }
  const fold = element instanceof HTMLElement && element.tagName === "SUMMARY" ? element.closest("details") : null;
  if (!fold) {
    element.click();
    return;
  }
  fold.open = true;
  const field = fold.querySelector("textarea, input:not([type=hidden]), select, button");
  if (field instanceof HTMLElement) field.focus();
}

/** @param {number} step */
function go(step) {
  const all = items();
  if (all.length === 0) return;
  const here = all.findIndex(item => item === currentItem());
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1)];
  opener(next)?.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** Brings the focus back to where it is now, when a list that was renewed meanwhile lost it. @param {HTMLDialogElement} dialog */
export function comeBackFrom(dialog) {
  const href = document.activeElement?.getAttribute("href");
  if (!href) return;
  dialog.addEventListener("close", () => {
    if (document.activeElement !== document.body) return;
    const link = document.querySelector(`main [href="${CSS.escape(href)}"]`);
    if (link instanceof HTMLElement) link.focus();
  }, { once: true });
}

/** Keys as a person reads them. @param {string} key */
function caps(key) {
  const shown = document.createElement("span");
  shown.className = "caps";
  for (const part of key.split(" ")) shown.append(Object.assign(document.createElement("kbd"), { textContent: part }));
  return shown;
}

/** @param {Element | null} list @param {Action[]} entries */
function fill(list, entries) {
  list?.replaceChildren(...entries.map(entry => {
    const line = document.createElement("li");
    line.append(caps(entry.key), Object.assign(document.createElement("span"), { textContent: entry.label }));
    return line;
  }));
  list?.closest("section")?.toggleAttribute("hidden", entries.length === 0);
}

/** What is typed while the palette is fetched, which belongs into it; null when it is not. @type {string | null} */
let early = null;

// Fetched when it is wanted for the first time.
async function openPalette() {
  early = "";
  try {
    const { openPalette: open } = await import("./palette.js");
    open(early);
  } finally {
    early = null;
  }
}

function openSheet() {
  const sheet = document.querySelector("[data-sheet]");
  if (!(sheet instanceof HTMLDialogElement) || sheet.open) return;
  fill(sheet.querySelector("[data-sheet-here]"), actions("main [data-key]"));
  fill(sheet.querySelector("[data-sheet-places]"), actions("nav [data-key]"));
  const list = sheet.querySelector("[data-sheet-list]");
  list?.toggleAttribute("hidden", items().length === 0);
  const choice = sheet.querySelector("[data-keys-on]");
  if (choice instanceof HTMLInputElement) choice.checked = areOn();
  comeBackFrom(sheet);
  sheet.showModal();
}

// Somebody who speaks to their device, or whose hand is not steady, needs single keys to do nothing (WCAG 2.1.4).
function areOn() {
  try {
    return localStorage.getItem(off) !== "off";
  } catch {
    return true;
  }
}

/** @param {boolean} on */
function turn(on) {
  try {
    if (on) localStorage.removeItem(off);
    else localStorage.setItem(off, "off");
  } catch {
    // Storage is forbidden: they stay on.
  }
}

/** @param {string} key @returns {boolean} Whether it did something. */
function press(key) {
  if (key === "?") openSheet();
  else if (key === "j" || key === "k") go(key === "j" ? 1 : -1);
  else if (key === "o") {
    const item = currentItem();
    if (!item) return false;
    opener(item)?.click();
  } else if (key === "/") {
    const box = document.querySelector("main [data-search]");
    if (box instanceof HTMLElement) box.focus();
    else openPalette();
  } else {
    const found = actions().find(action => action.key === key);
    if (!found) return false;
    act(found.element);
  }
  return true;
}

/** @param {KeyboardEvent} event */
function hear(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (early !== null) {
    if (event.key.length === 1) early += event.key;
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]") || !areOn()) return;
  const key = first && event.timeStamp - firstAt < patience ? `${first} ${event.key}` : event.key;
  first = "";
  if (key === "g") {
    [first, firstAt] = [key, event.timeStamp];
    return;
  }
  if (press(key)) event.preventDefault();
}

export function startKeys() {
  document.addEventListener("keydown", hear);
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => (button.getAttribute("data-opens") === "palette" ? openPalette() : openSheet()));
  }
  document.querySelector("[data-keys-on]")?.addEventListener("change", event => turn(/** @type {HTMLInputElement} */ (event.target).checked));
  // A click beside a dialog closes it.
  document.addEventListener("click", event => {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
}
