// Notifications of the browser, where somebody switched them on: while no tab of the desk is before them, and from one tab only, the one that
// holds the live stream. Loaded only there, and on the page with the switch.
import { serverNow } from "./times.js";

const kept = "crowd4care.notify";
const told = "crowd4care.notified";

/** @typedef {{ on: boolean, discreet: boolean, kinds: string[] }} Choice */

/** @returns {Choice} */
function choice() {
  try {
    const { on = false, discreet = true, kinds = ["escalation", "question", "approval"] } = JSON.parse(localStorage.getItem(kept) ?? "{}");
    return { on, discreet, kinds };
  } catch {
    return { on: false, discreet: true, kinds: [] };
  }
}

/** @param {Partial<Choice>} change */
const keep = change => localStorage.setItem(kept, JSON.stringify({ ...choice(), ...change }));

const isOn = () => choice().on && Notification.permission === "granted";

// What the staff's queues tell changes with every mention.
const pause = { advocate: 1000, staff: 10_000 };
let lookedAt = -Infinity;
let planned = 0;

/** Until when everything was seen or told, by the server's clock. */
const toldUntil = () => Number(localStorage.getItem(told) ?? 0);
/** @param {number} time */
const seenUntil = time => localStorage.setItem(told, String(Math.max(toldUntil(), Math.round(time))));

const tabs = "BroadcastChannel" in window ? new BroadcastChannel("crowd4care.notify") : null;
/** @type {(() => void) | null} */
let found = null;

/** Whether any tab of the desk is before somebody. */
function somebodyLooks() {
  if (!document.hidden) return Promise.resolve(true);
  if (!tabs) return Promise.resolve(false);
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), 200);
    found = () => {
      clearTimeout(timer);
      resolve(true);
    };
    tabs.postMessage("who looks?");
  });
}

async function look() {
  lookedAt = performance.now();
  if (!isOn()) return;
  if (await somebodyLooks()) {
    seenUntil(serverNow());
    return;
  }
  const { discreet, kinds } = choice();
  try {
    const response = await fetch(`/desk/notices?since=${toldUntil()}&discreet=${discreet}&kinds=${kinds.join(",")}`, { redirect: "manual" });
    if (!response.ok) return;
    /** @type {{ now: number, notices: { tag: string, title: string, body: string, path: string }[] }} */
    const { now, notices } = await response.json();
    seenUntil(now);
    for (const notice of notices.reverse()) show(notice);
  } catch {
    // Offline: the next change asks for the same time again.
  }
}

/** @param {{ tag: string, title: string, body: string, path: string }} notice */
function show({ tag, title, body, path }) {
  const options = { tag, body, icon: "/icons/192.png", data: { path } };
  try {
    const shown = new Notification(title, options);
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
      location.assign(path);
    });
  } catch {
    // Phones show them only through the service worker, which opens them too.
    navigator.serviceWorker?.ready.then(worker => worker.showNotification(title, options)).catch(() => {});
  }
}

/** @param {{ topics: string[] }} change @param {"advocate" | "staff"} role */
function heard(change, role) {
  if (!isOn() || planned || !change.topics.includes(role === "staff" ? "queue" : "offers")) return;
  planned = setTimeout(() => {
    planned = 0;
    look();
  }, Math.max(0, lookedAt + pause[role] - performance.now()));
}

/** The switch and what it tells of. @param {HTMLElement} panel */
function startPanel(panel) {
  const button = panel.querySelector("[data-notify-on]");
  const refused = panel.querySelector("[data-notify-refused]");
  const choices = panel.querySelector("[data-notify-choices]");
  const discreet = panel.querySelector("[data-notify-discreet]");
  const kinds = /** @type {HTMLInputElement[]} */ ([...panel.querySelectorAll("[data-notify-kind]")]);
  const draw = () => {
    button?.setAttribute("aria-checked", String(isOn()));
    choices?.toggleAttribute("hidden", !isOn());
    refused?.toggleAttribute("hidden", Notification.permission !== "denied");
    if (discreet instanceof HTMLInputElement) discreet.checked = choice().discreet;
    for (const kind of kinds) kind.checked = choice().kinds.includes(kind.value);
  };
  button?.addEventListener("click", async () => {
    const on = !isOn();
    // Asked for on this click alone: browsers refuse sites that ask unasked.
    if (on && Notification.permission === "default") await Notification.requestPermission();
    seenUntil(serverNow());
    keep({ on: on && Notification.permission === "granted" });
    draw();
  });
  choices?.addEventListener("change", () => {
    keep({ discreet: !(discreet instanceof HTMLInputElement) || discreet.checked, kinds: kinds.length > 0 ? kinds.filter(k => k.checked).map(k => k.value) : choice().kinds });
  });
  panel.removeAttribute("hidden");
  draw();
}

export function startNotify() {
  if (!("Notification" in window) || !window.isSecureContext) return;
  const panel = document.querySelector("[data-notify]");
  if (panel instanceof HTMLElement) startPanel(panel);
  const role = document.querySelector("[data-live]")?.getAttribute("data-role") === "staff" ? "staff" : "advocate";
  tabs?.addEventListener("message", event => {
    if (event.data === "who looks?" && !document.hidden) tabs.postMessage("somebody");
    if (event.data === "somebody") found?.();
  });
  document.addEventListener("visibilitychange", () => seenUntil(serverNow()));
  document.addEventListener("desk:changed", event => heard(/** @type {CustomEvent} */ (event).detail, role));
}
