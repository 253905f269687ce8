// The rules as cards and as text, side by side: what is written on one side is on the other a moment later. Without script the same buttons are ordinary posts.
import { keepChoices } from "./live.js";
import { inWords, toast, whisper } from "./speak.js";

const pause = 500;

const form = document.querySelector("form[data-rules]");
let timer = 0;
/** What is sent now: a press of a button, or only what was written; null for nothing. @type {"press" | "text" | null} */
let sending = null;
/** What is sent next. @type {{ button: HTMLButtonElement | null } | null} */
let next = null;
/** Whether a finger or a mouse button is down: what lies under it must not go away. */
let held = false;

/** @param {HTMLFormElement} form */
const textOf = form => /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea[data-check]"));

/** Everything that is written, to see whether somebody wrote on. @param {HTMLFormElement} form */
const written = form => JSON.stringify([...new FormData(form)]);

/** Sends the text with what was written into the open form; a button says what else to do. @param {HTMLFormElement} form @param {HTMLButtonElement | null} button */
async function send(form, button) {
  clearTimeout(timer);
  if (sending) {
    // A second press may have meant what is no longer there.
    if (!button) next ??= { button };
    else if (sending === "text") next = { button };
    return;
  }
  sending = button ? "press" : "text";
  form.setAttribute("aria-busy", "true");
  const before = written(form);
  const data = new FormData(form);
  if (button) data.append(button.name, button.value);
  try {
    const response = await fetch(form.dataset.rules ?? "", { method: "POST", body: data, headers: { "X-Desk": "1" }, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 401) {
      location.reload();
      return;
    }
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const html = await response.text();
    await released();
    // Who wrote on must not lose it: that is sent next, with the same button.
    if (written(form) === before) {
      if (!next?.button) show(form, html, button !== null);
    } else next = { button: button ?? next?.button ?? null };
  } catch {
    next = null;
    toast(inWords("That did not get through. What you wrote is still here; please try again."), true);
  } finally {
    sending = null;
    form.removeAttribute("aria-busy");
  }
  if (!next) return;
  const { button: due } = next;
  next = null;
  send(form, due);
}

/** When nothing is pressed any more, and what the press does has begun. */
async function released() {
  while (held) await new Promise(resolve => setTimeout(resolve, 20));
  await new Promise(resolve => setTimeout(resolve));
}

/** @param {HTMLFormElement} form @param {string} html @param {boolean} wasPressed */
function show(form, html, wasPressed) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const active = document.activeElement;
  const id = idAfter(form, active?.id ?? "");
  const said = form.querySelector("[data-said]")?.getAttribute("data-said");
  // What was chosen for a button that is not pressed yet.
  const choose = wasPressed ? () => {} : keepChoices(form, "select[data-later]");
  for (const fresh of template.content.querySelectorAll("[data-part]")) {
    const part = form.querySelector(`[data-part="${fresh.getAttribute("data-part")}"]`);
    if (part && part.innerHTML !== fresh.innerHTML) replace(part, fresh);
  }
  choose();
  const text = textOf(form);
  const after = /** @type {HTMLTextAreaElement | null} */ (template.content.querySelector("textarea[data-check]"))?.value ?? text.value;
  if (text.value !== after) text.value = after;

  // The text shows the rule that is open.
  const here = wasPressed ? form.querySelector(".code-lines .is-open") : null;
  const frame = here?.closest(".code-frame");
  if (here instanceof HTMLElement && frame) frame.scrollTop = here.offsetTop - 2 * here.offsetHeight;

  const goal = wasPressed ? form.querySelector("[autofocus]") : null;
  if (goal instanceof HTMLElement) goal.focus();
  else if (active instanceof HTMLElement && !active.isConnected && id) stay(active, id);
  const now = form.querySelector("[data-said]")?.getAttribute("data-said") ?? "";
  if (now !== said) whisper(now);
}

/** Where a field will be: what was written into the empty row at the end has a row of its own afterwards. @param {HTMLFormElement} form @param {string} id */
function idAfter(form, id) {
  const [list, name] = id.split("/new/");
  return name === undefined ? id : `${list}/${form.querySelectorAll(`[id^="${CSS.escape(list)}/"][id$="/${CSS.escape(name)}"]`).length - 1}/${name}`;
}

/** Keeps the focus, and in a field also the cursor: who writes there goes on. @param {HTMLElement} active @param {string} id */
function stay(active, id) {
  const same = document.getElementById(id) ?? document.getElementById(active.id);
  if (!same || same.tagName !== active.tagName || active.matches("button, summary, a")) {
    same?.focus({ preventScroll: true });
    return;
  }
  active.id = same.id;
  active.setAttribute("name", same.getAttribute("name") ?? "");
  same.replaceWith(active);
  active.focus({ preventScroll: true });
}

/** Takes the new content; what somebody opened stays open. @param {Element} part @param {Element} fresh */
function replace(part, fresh) {
  const wasOpen = [...part.querySelectorAll("details")].map(fold => fold.open);
  const scrolled = [...part.querySelectorAll("pre")].map(area => area.scrollTop);
  part.replaceChildren(...fresh.childNodes);
  if (fresh.hasAttribute("data-said")) part.setAttribute("data-said", fresh.getAttribute("data-said") ?? "");
  const folds = [...part.querySelectorAll("details")];
  if (folds.length === wasOpen.length) folds.forEach((fold, i) => (fold.open = wasOpen[i]));
  part.querySelectorAll("pre").forEach((area, i) => (area.scrollTop = scrolled[i] ?? 0));
}

/** Goes to a line of the text. @param {HTMLTextAreaElement} text @param {number} line */
function goTo(text, line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  document.getElementById(`line-${line}`)?.scrollIntoView({ block: "center" });
}

if (form instanceof HTMLFormElement) {
  addEventListener("pointerdown", () => (held = true), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (held = false), true);
  addEventListener("blur", event => event.target === window && (held = false));
  form.addEventListener("input", event => {
    if (event.target !== textOf(form)) return;
    clearTimeout(timer);
    timer = setTimeout(() => send(form, null), pause);
  });
  form.addEventListener("change", event => {
    const field = event.target instanceof Element && !event.target.hasAttribute("data-later") ? event.target.closest("[data-fields]") : null;
    if (field) send(form, null);
  });
  form.addEventListener("submit", event => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || !button.hasAttribute("data-edit")) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") !== "true") send(form, button);
  });
  form.addEventListener("click", event => {
    const link = event.target instanceof Element ? event.target.closest("[data-line]") : null;
    if (!link) return;
    event.preventDefault();
    goTo(textOf(form), Number(link.getAttribute("data-line")));
  });
}
