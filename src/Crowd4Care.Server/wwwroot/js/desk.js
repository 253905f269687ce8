// The desk works without script. With it: live parts, posts without a page load, countdowns, drafts.
import { startActions } from "./actions.js";
import { startComposer } from "./composer.js";
import { startLive } from "./live.js";
import { startTimes } from "./times.js";

document.documentElement.classList.add("has-script");
startTimes();
startComposer();
startActions();
startLive();
