// Sends the desk's forms without a page load, and says what came of it.
import { forgetDraft } from "./composer.js";
import { refreshAll } from "./live.js";

/** @typedef {{ ok: boolean, message: string, go?: string | null }} Answer */

/** Says something without taking the focus. @param {string} message @param {boolean} [isBad] */
export function toast(message, isBad = false) {
  const place = document.querySelector("[data-toasts]");
  if (!place || !message) return;
  const note = document.createElement("p");
  note.className = isBad ? "toast is-bad" : "toast";
  note.textContent = message;
  place.append(note);
  setTimeout(() => note.remove(), isBad ? 8000 : 4000);
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function send(form, submitter) {
  const data = new FormData(form);
  if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
  form.setAttribute("aria-busy", "true");
  submitter?.classList.add("is-busy");
  try {
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
      location.assign(answer.go);
      return;
    }
    if (form.hasAttribute("data-reload") && answer.ok) {
      location.reload();
      return;
    }
    toast(answer.message, !answer.ok);
    if (answer.ok) form.reset();
    const id = /\/mentions\/([0-9a-f-]{36})\//.exec(form.action)?.[1];
    await refreshAll({ topics: [], mentions: id ? [id] : null });
  } catch {
    toast("That did not get through. Nothing was changed; please try again.", true);
  } finally {
    form.removeAttribute("aria-busy");
    submitter?.classList.remove("is-busy");
  }
}

export function startActions() {
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
