// On the page that stands for one that can't be loaded: says which drafts are kept, and goes on when there is a network again.

const drafts = Object.keys(localStorage).filter(key => key.startsWith("crowd4care.draft.")).length;
const line = document.querySelector("[data-drafts]");
if (line && drafts > 0) line.textContent = drafts === 1 ? "The reply that you were writing is kept on this device." : `The ${drafts} texts that you were writing are kept on this device.`;
document.querySelector("[data-again]")?.addEventListener("click", () => location.reload());

// That there is a network does not mean that the server answers.
const pause = 3000;
const look = () => fetch("/health/live", { cache: "no-store" }).then(answer => answer.ok && location.reload(), () => {});
addEventListener("online", look);
setInterval(look, pause);
