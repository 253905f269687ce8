// What is there without a connection: a page that says so, and the files that it is made of. No page of the desk, no fragment and no answer of the
// server is ever kept: they hold people's data.

const kept = "crowd4care-static-1";
const offline = "/offline.html";
const first = [offline, "/css/tokens.css", "/css/desk.css", "/js/offline.js", "/favicon.svg"];

self.addEventListener("install", event => {
  event.waitUntil(caches.open(kept).then(cache => cache.addAll(first)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", event => {
  event.waitUntil(caches.keys().then(names => Promise.all(names.filter(name => name !== kept).map(name => caches.delete(name)))).then(() => self.clients.claim()));
});

// A notification that a phone shows: to the desk where one is open, else to a new one.
self.addEventListener("notificationclick", event => {
  const path = event.notification.data?.path ?? "/";
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window" }).then(async ([open]) => {
    if (!open) return self.clients.openWindow(path);
    await open.focus();
    return open.navigate(path);
  }));
});

/** The server's file, and the kept one only where there is none. @param {Request} request */
async function file(request) {
  const cache = await caches.open(kept);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic") await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const found = await cache.match(request);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await caches.match(offline)) ?? Response.error()));
  else if (first.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});
