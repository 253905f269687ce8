// Puts templates, earlier answers and links where the cursor is. Without script the same buttons are ordinary form posts.
import { inWords, toast } from "./speak.js";

/** Inserts as if it had been typed: what listens to typing counts and keeps it. @param {HTMLTextAreaElement} box @param {string} text */
function insert(box, text) {
  const before = box.value.slice(0, box.selectionStart);
  const gap = before && !/\s$/.test(before) ? " " : "";
  box.focus();
  box.setRangeText(gap + text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLButtonElement} button */
export async function write(button) {
  const box = button.form?.querySelector("textarea[name=text]");
  if (!button.form || !(box instanceof HTMLTextAreaElement)) return;
  const data = new FormData(button.form);
  if (button.name) data.set(button.name, button.value);
  button.classList.add("is-busy");
  try {
    const response = await fetch(button.formAction, { method: "POST", body: data, headers: { "X-Desk": "1" }, redirect: "manual" });
    const answer = await response.json();
    if (typeof answer.text !== "string") {
      toast(answer.message, true);
      return;
    }
    button.closest("details")?.removeAttribute("open");
    insert(box, answer.text);
  } catch {
    toast(inWords("That did not get through. Please try again."), true);
  } finally {
    button.classList.remove("is-busy");
  }
}
