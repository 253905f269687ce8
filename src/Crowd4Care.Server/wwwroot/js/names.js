// In a note, @ and a letter offer colleagues to name. Fetched when somebody does that for the first time. The focus stays in the box,
// aria-activedescendant tells which line is chosen.
import { inWords, whisper } from "./speak.js";

/** @type {AbortController | null} */
let asked = null;

/** What is typed of a name before the caret; null where none is begun. @param {HTMLTextAreaElement} box */
const begun = box => /(?:^|[\s(])@([\w.+-]+)$/.exec(box.value.slice(0, box.selectionStart))?.[1] ?? null;

/** @param {HTMLTextAreaElement} box */
function listOf(box) {
  const known = box.parentElement?.querySelector(".name-list");
  if (known instanceof HTMLElement) return known;
  const list = document.createElement("div");
  list.className = "name-list";
  list.id = `${box.id}-names`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", inWords("Colleagues"));
  box.after(list);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.addEventListener("keydown", event => hear(event, box, list));
  box.addEventListener("blur", () => close(box, list));
  // The box keeps the focus while somebody points at a line.
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option) write(box, list, option);
  });
  return list;
}

/** @param {HTMLElement} list */
const options = list => [...list.querySelectorAll("[role=option]")];

/** @param {HTMLTextAreaElement} box @param {HTMLElement} list @param {Element | undefined} option */
function choose(box, list, option) {
  for (const other of options(list)) other.setAttribute("aria-selected", String(other === option));
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

/** @param {HTMLTextAreaElement} box @param {HTMLElement} list */
function close(box, list) {
  asked?.abort();
  list.hidden = true;
  list.replaceChildren();
  choose(box, list, undefined);
}

/** @param {HTMLTextAreaElement} box @param {HTMLElement} list @param {Element} option */
function write(box, list, option) {
  const typed = begun(box) ?? "";
  box.setRangeText(`${option.getAttribute("data-login")} `, box.selectionStart - typed.length, box.selectionStart, "end");
  close(box, list);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {KeyboardEvent} event @param {HTMLTextAreaElement} box @param {HTMLElement} list */
function hear(event, box, list) {
  if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
  const all = options(list);
  const here = all.findIndex(option => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") choose(box, list, all[(here + 1) % all.length]);
  else if (event.key === "ArrowUp") choose(box, list, all[(here - 1 + all.length) % all.length]);
  else if (event.key === "Enter" || event.key === "Tab") write(box, list, all[Math.max(here, 0)]);
  else if (event.key === "Escape") close(box, list);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Offers who fits what is typed. @param {HTMLTextAreaElement} box */
export async function offer(box) {
  const list = listOf(box);
  const typed = begun(box);
  asked?.abort();
  if (typed === null) {
    close(box, list);
    return;
  }
  asked = new AbortController();
  try {
    const response = await fetch(`/desk/fragments/names?q=${encodeURIComponent(typed)}`, { headers: { Accept: "text/html" }, redirect: "manual", signal: asked.signal });
    if (!response.ok || begun(box) !== typed || document.activeElement !== box) return;
    list.innerHTML = await response.text();
    const all = options(list);
    all.forEach((option, i) => (option.id = `${list.id}-${i}`));
    list.hidden = all.length === 0;
    choose(box, list, all[0]);
    if (all.length > 0) whisper(inWords(all.length === 1 ? "1 colleague" : "{0} colleagues", all.length));
  } catch {
    // Asked anew meanwhile, or offline: the name can be typed to its end.
  }
}
