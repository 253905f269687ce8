// The desk works without script. With it: live parts, posts without a page load, countdowns, drafts, the keyboard.
import { startActions } from "./actions.js";
import { startComposer } from "./composer.js";
import { startKeys } from "./keys.js";
import { startDrafts } from "./drafts.js";
import { startLive } from "./live.js";
import { startTimes } from "./times.js";

document.documentElement.classList.add("has-script");
startTimes();
startDrafts();
startComposer();
startActions();
startLive();
startKeys();

// Few switch notifications on; the others need not load them. A tab from before hears of it through what is kept.
const notifies = "crowd4care.notify";
const startNotify = () => import("./notify.js").then(notify => notify.startNotify()).catch(() => {});
if (document.querySelector("[data-notify]") || localStorage.getItem(notifies)) startNotify();
else addEventListener("storage", function begin(event) {
  if (event.key !== notifies) return;
  removeEventListener("storage", begin);
  startNotify();
});

// Only for what happens without a connection; what people see never lies in it. Needs https, or localhost.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
