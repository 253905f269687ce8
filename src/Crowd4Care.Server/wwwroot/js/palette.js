// The command palette (Ctrl+K): the places that this person may see, what the page offers to do, and mentions that fit the words. A combobox
// with a list: the focus stays in the field, aria-activedescendant tells which line is chosen.
import { inWords } from "./speak.js";
import { act, actions, comeBackFrom } from "./keys.js";

const pause = 150;
const fewest = 2;

/** @type {HTMLDialogElement | null} */
let palette = null;
/** @type {AbortController | null} */
let asked = null;
let timer = 0;
/** What the page offered when it was opened, with the focus still in the list. @type {{ key: string, label: string, element: HTMLElement }[]} */
let offered = [];

const input = () => /** @type {HTMLInputElement} */ (palette?.querySelector("[data-palette-input]"));
const options = () => /** @type {HTMLElement[]} */ ([...(palette?.querySelectorAll("[role=option]") ?? [])]);
const chosen = () => palette?.querySelector("[role=option][aria-selected=true]") ?? null;

/** Every word is somewhere in it. @param {string} text @param {string} query */
const fits = (text, query) => query.toLowerCase().split(/\s+/).every(word => text.toLowerCase().includes(word));

/** @param {string} group @param {{ key: string, label: string, element: HTMLElement }[]} entries @param {string} query */
function fill(group, entries, query) {
  const list = palette?.querySelector(`[data-palette-group=${group}]`);
  const fitting = entries.filter(entry => !query || fits(entry.label, query));
  list?.querySelectorAll("[role=option]").forEach(option => option.remove());
  for (const { key, label, element } of fitting) {
    const option = document.createElement("div");
    option.setAttribute("role", "option");
    option.className = "palette-option";
    option.append(Object.assign(document.createElement("span"), { textContent: label }));
    if (key) option.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    option.addEventListener("click", () => run(() => act(element)));
    list?.append(option);
  }
  list?.toggleAttribute("hidden", fitting.length === 0);
}

/** @param {() => void} what */
function run(what) {
  palette?.close();
  what();
}

/** @param {Element | null | undefined} option */
function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    input().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else input().removeAttribute("aria-activedescendant");
}

// After each change of the list: lines get their ids, the first is chosen, and how many there are is said.
function settle() {
  options().forEach((option, i) => (option.id = `palette-${i}`));
  choose(options()[0]);
  const count = palette?.querySelector("[data-palette-count]");
  const text = inWords(options().length === 0 ? "Nothing fits" : options().length === 1 ? "1 line" : "{0} lines", options().length);
  if (count && count.textContent !== text) count.textContent = text;
  palette?.querySelector("[data-palette-none]")?.toggleAttribute("hidden", options().length > 0);
}

function update() {
  const query = input().value.trim();
  fill("actions", offered, query);
  fill("places", actions("nav [data-key]"), query);
  clearTimeout(timer);
  asked?.abort();
  const found = palette?.querySelector("[data-palette-group=mentions]");
  if (query.length < fewest) {
    found?.querySelectorAll("[role=option]").forEach(option => option.remove());
    found?.setAttribute("hidden", "");
  } else timer = setTimeout(() => find(query), pause);
  settle();
}

/** @param {string} query */
async function find(query) {
  asked = new AbortController();
  try {
    const response = await fetch(`/desk/fragments/search?q=${encodeURIComponent(query)}`, { headers: { Accept: "text/html" }, redirect: "manual", signal: asked.signal });
    if (!response.ok) return;
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    const found = palette?.querySelector("[data-palette-group=mentions]");
    found?.querySelectorAll("[role=option]").forEach(option => option.remove());
    for (const option of template.content.querySelectorAll("[role=option]")) {
      const to = option.getAttribute("data-href") ?? "/";
      option.addEventListener("click", () => run(() => location.assign(to)));
      found?.append(option);
    }
    found?.toggleAttribute("hidden", !found.querySelector("[role=option]"));
    const before = chosen();
    settle();
    if (before?.isConnected) choose(before);
  } catch {
    // Asked anew meanwhile, or offline: pages and actions are still there.
  }
}

/** @param {KeyboardEvent} event */
function hear(event) {
  const all = options();
  const here = all.indexOf(/** @type {HTMLElement} */ (chosen()));
  if (event.key === "ArrowDown") choose(all[(here + 1) % all.length]);
  else if (event.key === "ArrowUp") choose(all[(here - 1 + all.length) % all.length]);
  else if (event.key === "Enter" && !event.isComposing) {
    const option = chosen();
    if (option instanceof HTMLElement) option.click();
  } else return;
  event.preventDefault();
}

/** @param {string} query What to begin with. */
export function openPalette(query) {
  palette ??= document.querySelector("[data-palette]");
  if (!(palette instanceof HTMLDialogElement) || palette.open) return;
  if (!palette.dataset.ready) {
    palette.dataset.ready = "yes";
    input().addEventListener("input", update);
    input().addEventListener("keydown", hear);
  }
  offered = actions("main [data-key]");
  input().value = query;
  update();
  comeBackFrom(palette);
  palette.showModal();
  input().focus();
}
