// Sends the desk's forms without a page load, and says what came of it.
import { dropUnsaved, forgetDraft, settled } from "./drafts.js";
import { refreshAll } from "./live.js";
import { inWords, toast, whisper } from "./speak.js";

/** @typedef {{ ok: boolean, message: string, go?: string | null }} Answer */

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function send(form, submitter) {
  const data = new FormData(form);
  if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
  dropUnsaved(form);
  form.setAttribute("aria-busy", "true");
  submitter?.classList.add("is-busy");
  const rest = () => {
    form.removeAttribute("aria-busy");
    submitter?.classList.remove("is-busy");
  };
  try {
    await settled();
    const response = await fetch(form.action, { method: "POST", body: data, headers: { "X-Desk": "1" }, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 401) {
      // Signed out meanwhile: the draft is kept.
      location.reload();
      return;
    }
    if (!(response.headers.get("content-type") ?? "").includes("json")) throw new Error(`answered ${response.status}`);
    /** @type {Answer} */
    const answer = await response.json();
    if (answer.ok) forgetDraft(form);
    if (answer.ok && answer.go) {
      const to = new URL(answer.go, location.href);
      location.assign(to);
      // Going to a place on this very page would leave the page as it was.
      if (to.hash && to.pathname + to.search === location.pathname + location.search) location.reload();
      return;
    }
    if (form.hasAttribute("data-reload") && answer.ok) {
      location.reload();
      return;
    }
    toast(answer.message, !answer.ok);
    if (answer.ok) form.reset();
    // What was refused is mended and sent again while the page still catches up.
    else rest();
    const id = /\/mentions\/([0-9a-f-]{36})\//.exec(form.action)?.[1];
    await refreshAll({ topics: [], mentions: id ? [id] : null });
  } catch {
    toast(inWords("That did not get through. Nothing was changed; please try again."), true);
  } finally {
    rest();
  }
}

const patience = 400;
let leaving = 0;

/** A page that takes its time is shown as an outline meanwhile, unless what comes is none. */
function awaitPage() {
  stay();
  leaving = setTimeout(() => {
    document.documentElement.classList.add("is-leaving");
    whisper(inWords("Loading…"));
    leaving = setTimeout(stay, 20_000);
  }, patience);
}

function stay() {
  clearTimeout(leaving);
  document.documentElement.classList.remove("is-leaving");
}

/** Whether a click leads to another page in this window. @param {MouseEvent} event */
function leadsAway(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const isHere = link.hash !== "" && link.pathname + link.search === location.pathname + location.search;
  return link.origin === location.origin && !link.target && !link.hasAttribute("download") && !isHere;
}

/** Whether a form only closes its dialog. @param {SubmitEvent} event */
const isOfDialog = event => event.target instanceof HTMLFormElement && event.target.method === "dialog";

export function startActions() {
  // Last, when it is known whether a script does it instead.
  addEventListener("click", event => leadsAway(event) && awaitPage());
  addEventListener("submit", event => event.defaultPrevented || isOfDialog(event) || awaitPage());
  addEventListener("pageshow", stay);
  addEventListener("keydown", event => event.key === "Escape" && stay());
  document.addEventListener("submit", event => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-action")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
    send(form, event.submitter);
  });
  document.addEventListener("change", event => {
    const form = event.target instanceof HTMLSelectElement ? event.target.form : null;
    if (form?.hasAttribute("data-autosubmit")) form.requestSubmit();
  });
  // Empty choices don't belong into an address that people share.
  document.addEventListener("formdata", event => {
    if (event.target instanceof HTMLFormElement && event.target.method === "get")
      for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
  });
  // All of a list are chosen; when they are, none. Without script the link leads to a page where they are.
  document.addEventListener("click", event => {
    const link = event.target instanceof Element ? event.target.closest("[data-pick-all]") : null;
    if (!link) return;
    event.preventDefault();
    const boxes = /** @type {HTMLInputElement[]} */ ([...(link.closest("form")?.querySelectorAll("input[data-pick]") ?? [])]);
    const pick = !boxes.every(box => box.checked);
    for (const box of boxes) box.checked = pick;
    whisper(pick ? inWords("{0} selected", boxes.length) : inWords("None selected"));
  });
  // A menu closes when the person turns to something else.
  document.addEventListener("click", event => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open], details.pop[open]")) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
    }
  });
}
