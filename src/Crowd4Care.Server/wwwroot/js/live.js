// Keeps the live parts of a page fresh. The server says which topics changed; the parts that show them are fetched again.
import { prepareComposers } from "./composer.js";
import { restoreDrafts } from "./drafts.js";
import { inWords, whisper } from "./speak.js";
import { refreshTimes, setServerTime } from "./times.js";

/** @typedef {{ topics: string[], mentions: string[] | null, company?: string[] }} Change */

/** Fetches under way, and parts that changed meanwhile. @type {Map<Element, { again: boolean }>} */
const busy = new Map();

/** What is not a change: the form's token differs in each rendering. @param {string} html */
const essence = html => html.replace(/name="__RequestVerificationToken"[^>]*/g, "").replace(/(<time[^>]*>)[^<]*/g, "$1");

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** Fetches a part again and swaps it in. @param {Element} part @param {Change | null} change */
async function refresh(part, change) {
  const running = busy.get(part);
  if (running) {
    running.again = true;
    return;
  }
  const state = { again: false };
  busy.set(part, state);
  try {
    do {
      state.again = false;
      const response = await fetch(part.getAttribute("data-fragment") ?? "", { headers: { Accept: "text/html" }, redirect: "manual" });
      if (!response.ok || !part.isConnected) return;
      const html = await response.text();
      if (essence(html) === shown.get(part)) continue;
      show(part, html, change);
    } while (state.again);
  } catch {
    // Offline: the stream comes back and everything is fetched anew.
  } finally {
    busy.delete(part);
  }
}

/** @param {Element} part @param {string} html @param {Change | null} change */
function show(part, html, change) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content;
  if (part.getAttribute("data-mode") === "announce" && change) {
    announce(part, html, fresh, change);
    return;
  }

  // What says its version is left alone while that stays the same: somebody may be writing in it.
  const version = part.querySelector("[data-version]")?.getAttribute("data-version");
  if (version && version === fresh.querySelector("[data-version]")?.getAttribute("data-version")) return;

  const known = ids(part);
  const restore = remember(part);
  part.replaceChildren(fresh);
  shown.set(part, essence(html));
  restore();
  const arrivals = [...part.querySelectorAll("[data-id]")].filter(card => !known.has(card.getAttribute("data-id")));
  if (change) for (const card of arrivals) card.classList.add("is-new");
  if (change && arrivals.length > 0 && part.hasAttribute("data-announce-arrivals")) whisper(part.getAttribute("data-announce-arrivals") ?? "");
  restoreDrafts(part);
  prepareComposers(part);
  refreshTimes(part);
}

/** The list stays as it is: what is gone fades, what is new waits behind a button. @param {Element} part @param {string} html @param {DocumentFragment} fresh @param {Change} change */
function announce(part, html, fresh, change) {
  const before = ids(part);
  const after = ids(fresh);
  // Without names, and with more pages behind, a missing one may only have moved to the next page.
  const mayBeMore = fresh.querySelector("a[rel=next]") !== null;
  const mayHaveMoved = change.mentions === null && mayBeMore;
  for (const card of part.querySelectorAll("[data-id]")) {
    const id = card.getAttribute("data-id") ?? "";
    const isGone = !after.has(id) && (change.mentions === null ? !mayHaveMoved : change.mentions.includes(id));
    if (!isGone && !after.has(id)) continue;
    card.classList.toggle("is-gone", isGone);
    card.setAttribute("data-gone", inWords("No longer open"));
    for (const control of card.querySelectorAll("button, a.button")) control.toggleAttribute("inert", isGone);
  }
  const count = [...after].filter(id => !before.has(id)).length;
  const old = part.previousElementSibling?.classList.contains("announce") ? part.previousElementSibling : null;
  old?.remove();
  if (before.size === 0) {
    show(part, html, null);
    return;
  }
  if (count === 0) return;
  const bar = document.createElement("button");
  bar.type = "button";
  bar.className = "button is-primary is-small announce";
  bar.textContent = inWords("{0} new", mayBeMore ? `${count}+` : count);
  if (!old) whisper(`${bar.textContent} ${part.getAttribute("data-new") ?? inWords("open mentions")}`);
  bar.addEventListener("click", () => {
    bar.remove();
    part.setAttribute("data-mode", "swap");
    refresh(part, null).finally(() => part.setAttribute("data-mode", "announce"));
  });
  part.before(bar);
}

/** @param {ParentNode} root */
const ids = root => new Set([...root.querySelectorAll("[data-id]")].map(e => e.getAttribute("data-id")));

/** Remembers what somebody chose in lists and has not sent; what is answered puts it back. @param {Element} part @param {string} which @returns {() => void} */
export function keepChoices(part, which = "select[id]") {
  const lists = () => /** @type {HTMLSelectElement[]} */ ([...part.querySelectorAll(which)]);
  const made = lists().filter(list => list.selectedIndex !== Math.max(0, [...list.options].findIndex(option => option.defaultSelected)));
  const choices = new Map(made.map(list => [list.id, list.value]));
  return () => {
    for (const list of lists()) {
      const value = choices.get(list.id);
      if (value !== undefined && [...list.options].some(option => option.value === value)) list.value = value;
    }
  };
}

/** Remembers focus, selection, unsaved text, choices and open folds of a part. @param {Element} part @returns {() => void} */
function remember(part) {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const focusable = "a[href], button, input, select, textarea, summary";
  const index = active ? [...part.querySelectorAll(focusable)].indexOf(active) : -1;
  const key = active && (active.id || active.getAttribute("href") || active.closest("form")?.getAttribute("action"));
  const folds = [...part.querySelectorAll("details")].map(d => d.open);
  const picked = new Set([...part.querySelectorAll("input[data-pick]:checked")].map(box => box.getAttribute("value")));
  const texts = new Map([...part.querySelectorAll("textarea[id]")].map(t => [t.id, /** @type {HTMLTextAreaElement} */ (t)]));
  const choose = keepChoices(part);
  return () => {
    choose();
    const details = [...part.querySelectorAll("details")];
    if (details.length === folds.length) details.forEach((d, i) => (d.open = folds[i]));
    for (const box of part.querySelectorAll("input[data-pick]"))
      if (box instanceof HTMLInputElement && picked.has(box.value)) box.checked = true;
    for (const [id, old] of texts) {
      const box = part.querySelector(`#${CSS.escape(id)}`);
      // What somebody typed is newer than what the server knows.
      if (box instanceof HTMLTextAreaElement && (!box.value || old.value !== old.defaultValue)) box.value = old.value;
    }
    if (!active) return;
    const all = [...part.querySelectorAll(focusable)];
    const same = all.find(e => key && (e.id === key || e.getAttribute("href") === key || e.closest("form")?.getAttribute("action") === key));
    const target = /** @type {HTMLElement | undefined} */ (same ?? all[Math.min(index, all.length - 1)]);
    target?.focus({ preventScroll: true });
    if (target instanceof HTMLTextAreaElement && active instanceof HTMLTextAreaElement)
      target.setSelectionRange(active.selectionStart, active.selectionEnd);
  };
}

/** Fetches every live part again. @param {Change} change */
export function refreshAll(change) {
  return Promise.all([...document.querySelectorAll("[data-fragment]")].map(part => refresh(part, change)));
}

/** @param {Change} change */
function apply(change) {
  for (const part of document.querySelectorAll("[data-fragment]")) {
    const topics = (part.getAttribute("data-topics") ?? "").split(" ");
    const concerns = topics.some(topic => {
      const [kind, id] = topic.split(":");
      return id ? change.mentions === null || (kind === "company" ? change.company ?? [] : change.mentions).includes(id) : change.topics.includes(topic);
    });
    if (concerns) schedule(part, change);
  }
}

/** Changes of the next moment are fetched together; own lists at once. @type {Map<Element, Change>} */
const waiting = new Map();
const between = 3000;
/** When a part was fetched last. @type {WeakMap<Element, number>} */
const fetched = new WeakMap();

/** @param {Element} part @param {Change} change */
function schedule(part, change) {
  const before = waiting.get(part);
  const mentions = before && (before.mentions === null || change.mentions === null) ? null : [...(before?.mentions ?? []), ...(change.mentions ?? [])];
  waiting.set(part, { topics: change.topics, mentions: change.mentions === null ? null : mentions });
  if (before) return;
  // The lists that all see change with every mention: each desk fetches them at most every few seconds, and not while nobody looks.
  const rest = (fetched.get(part) ?? -Infinity) + between - performance.now();
  setTimeout(() => send(part, change), isShared(part) ? Math.max(rest, 0) + 100 + Math.random() * 200 : 0);
}

/** @param {Element} part */
const isShared = part => /feed|queue/.test(part.getAttribute("data-topics") ?? "");

/** @param {Element} part @param {Change} change */
function send(part, change) {
  if (document.hidden && isShared(part)) {
    document.addEventListener("visibilitychange", () => send(part, change), { once: true });
    return;
  }
  const due = waiting.get(part) ?? change;
  waiting.delete(part);
  fetched.set(part, performance.now());
  refresh(part, due);
}

/** Listens until the page goes. @param {string} address @param {(name: string, data: string) => void} tell */
function listen(address, tell) {
  let wasOpen = false;
  const connect = () => {
    const source = new EventSource(address);
    source.addEventListener("open", () => {
      tell("open", wasOpen ? "again" : "");
      wasOpen = true;
    });
    source.addEventListener("error", () => tell("error", ""));
    source.addEventListener("beat", event => tell("beat", event.data));
    source.addEventListener("changed", event => tell("changed", event.data));
    return source;
  };
  let source = connect();
  // A stream from before may still tell of what is over. Whether the server can be reached without a network, as on one machine, a new one shows.
  addEventListener("offline", () => {
    source.close();
    source = connect();
  });
  addEventListener("pagehide", () => source.close());
}

/** @param {boolean} isThere */
function showConnection(isThere) {
  const banner = document.querySelector("[data-connection]");
  if (!banner || banner.hasAttribute("hidden") === isThere) return;
  banner.toggleAttribute("hidden", isThere);
  whisper(inWords(isThere ? "Connected again." : "Offline. What you write is kept."));
}

/** @param {string} name @param {string} data */
function hear(name, data) {
  if (name === "beat") setServerTime(data);
  if (name === "changed") apply(JSON.parse(data));
  showConnection(name !== "error");
  if (name === "open" && data === "again") refreshAll({ topics: [], mentions: null });
}

/** Besides, in the tab that holds the stream: others than parts of pages may want to know. @param {string} name @param {string} data */
function hearFirst(name, data) {
  hear(name, data);
  const detail = name === "changed" ? JSON.parse(data) : name === "open" && data === "again" ? { topics: ["offers", "queue"] } : null;
  if (detail) document.dispatchEvent(new CustomEvent("desk:changed", { detail }));
}

/** A part that changes without being told is asked for again and again; one that says who looks at something tells by it that this page still does. @param {HTMLElement} part */
function keepLooking(part) {
  const look = () => document.hidden || refresh(part, null);
  setInterval(look, Number(part.dataset.every) * 1000);
  document.addEventListener("visibilitychange", look);
  if (part.dataset.leave) addEventListener("pagehide", () => {
    leave(part.dataset.leave ?? "");
    sessionStorage.setItem(left, part.dataset.leave ?? "");
  });
}

const left = "crowd4care.left";

/** Says that a page is closed. @param {string} address */
function leave(address) {
  const token = document.querySelector("[name=__RequestVerificationToken]");
  if (!(token instanceof HTMLInputElement)) return;
  const form = new FormData();
  form.append(token.name, token.value);
  fetch(address, { method: "POST", body: form, headers: { "X-Desk": "1" }, redirect: "manual", keepalive: true }).catch(() => {});
}

// What a closing page sends gets lost where a service worker stands between; the next page of the tab says it again.
function leaveLast() {
  const address = sessionStorage.getItem(left);
  if (!address) return;
  sessionStorage.removeItem(left);
  leave(address);
}

export function startLive() {
  const address = document.querySelector("[data-live]")?.getAttribute("data-live");
  if (!address) return;
  leaveLast();
  for (const part of document.querySelectorAll("[data-every]")) if (part instanceof HTMLElement) keepLooking(part);
  // Sooner than the stream notices. That there is a network again does not mean that the server answers.
  addEventListener("offline", () => showConnection(false));
  if (!navigator.onLine) showConnection(false);
  addEventListener("online", () => fetch("/health/live").then(answer => {
    if (!answer.ok) return;
    showConnection(true);
    refreshAll({ topics: [], mentions: null });
  }, () => {}));

  // A browser allows only a few connections to a host: one tab listens, the others listen to it.
  if (!navigator.locks || !("BroadcastChannel" in window)) {
    listen(address, hearFirst);
    return;
  }
  const channel = new BroadcastChannel("crowd4care.live");
  channel.addEventListener("message", event => hear(event.data.name, event.data.data));
  addEventListener("pageshow", event => event.persisted && location.reload());
  navigator.locks.request("crowd4care.live", () => new Promise(() => listen(address, (name, data) => {
    hearFirst(name, data);
    channel.postMessage({ name, data });
  })));
}
