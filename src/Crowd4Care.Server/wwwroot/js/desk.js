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

// Only for what happens without a connection; what people see never lies in it. Needs https, or localhost.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
