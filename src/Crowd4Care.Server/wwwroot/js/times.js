// Relative times and countdowns, by the server's clock.
import { inWords, whisper } from "./speak.js";

/** Milliseconds that the server is ahead of this device. */
let ahead = 0;

/** Says what the server's clock shows now. @param {string} iso */
export function setServerTime(iso) {
  const server = Date.parse(iso);
  if (!Number.isNaN(server)) ahead = server - Date.now();
}

/** The server's time in milliseconds. */
export const serverNow = () => Date.now() + ahead;

// As the reader's region writes times, in the language of the page.
const language = document.documentElement.lang;
const region = navigator.languages.find(known => known.split("-")[0] === language) ?? language;
const exact = new Intl.DateTimeFormat(region || undefined, { dateStyle: "medium", timeStyle: "short" });

/** @param {number} seconds */
function ago(seconds) {
  if (seconds < 45) return inWords("now");
  if (seconds < 3600) return inWords("{0} min", Math.max(1, Math.floor(seconds / 60)));
  if (seconds < 86400) return inWords("{0} h", Math.floor(seconds / 3600));
  return inWords("{0} d", Math.floor(seconds / 86400));
}

/** @param {number} seconds */
function left(seconds) {
  if (seconds <= 0) return "0:00";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? inWords("{0} h {1} min", hours, String(minutes % 60).padStart(2, "0")) : inWords("{0} days", Math.floor(hours / 24));
}

/** Sets a text only when it differs, so that nothing is announced or repainted for nothing. @param {Element} element @param {string} text */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Brings every time below an element up to date. @param {ParentNode} [root] */
export function refreshTimes(root = document) {
  const now = serverNow();
  for (const time of root.querySelectorAll("time[data-ago]")) {
    const at = Date.parse(time.getAttribute("datetime") ?? "");
    const seconds = (now - at) / 1000;
    const text = ago(seconds);
    say(time, time.getAttribute("data-ago") === "long" ? (seconds < 45 ? inWords("just now") : inWords("{0} ago", text)) : text);
    time.setAttribute("title", exact.format(at));
  }
  for (const time of root.querySelectorAll("time[data-countdown]")) {
    const until = Date.parse(time.getAttribute("datetime") ?? "");
    const seconds = (until - now) / 1000;
    const isDue = time.getAttribute("data-countdown") === "due";
    const holder = time.closest(".countdown");
    say(time, seconds <= 0 && isDue ? inWords("{0} overdue", left(-seconds)) : left(seconds));
    time.setAttribute("title", exact.format(until));
    const isSoon = seconds > 0 && seconds < Number(holder?.getAttribute("data-soon") ?? 60);
    // Said once, when it becomes urgent: not each second.
    if (isSoon && holder?.classList.contains("is-soon") === false) whisper(warning(holder, seconds));
    holder?.classList.toggle("is-over", seconds <= 0);
    holder?.classList.toggle("is-soon", isSoon);
  }
  for (const time of root.querySelectorAll("time[data-exact]"))
    time.setAttribute("title", exact.format(Date.parse(time.getAttribute("datetime") ?? "")));
  // What is shown only when its time has come, and said then.
  for (const late of root.querySelectorAll("[data-shows-at][hidden]")) {
    if (Date.parse(late.getAttribute("data-shows-at") ?? "") > now) continue;
    late.removeAttribute("hidden");
    whisper(late.getAttribute("data-says") ?? "");
  }
}

/** @param {Element} holder @param {number} seconds */
function warning(holder, seconds) {
  const whose = holder.closest("article, [data-item]")?.querySelector("strong, h1")?.textContent?.trim();
  const minutes = Math.ceil(seconds / 60);
  return `${inWords(minutes === 1 ? "1 minute left" : "{0} minutes left", minutes)}${whose ? `: ${whose}` : ""}`;
}

export function startTimes() {
  for (const box of document.querySelectorAll("[data-own-zone]"))
    if (box instanceof HTMLInputElement && !box.value) box.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  refreshTimes();
  setInterval(refreshTimes, 1000);
}
