// The newest issue is kept from the start; every page that was read is kept as it was last read. With a network a
// page always comes from there: an issue is never older than it has to be. (VERSION and KEPT stand above.)
"use strict";
const SHELL = `shell-${VERSION}`;
const READ = "read";
const MOST_READ = 400; // pages and pictures; the oldest go

addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(SHELL).then((cache) => cache.addAll(KEPT.map((path) => new Request(path, { cache: "reload" })))).then(() => skipWaiting())
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name))))
      .then(() => clients.claim())
  );
});

const keep = async (request, answer) => {
  const cache = await caches.open(READ);
  await cache.put(request, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_READ)).map((key) => cache.delete(key)));
};

const bare = (url) => {
  const address = new URL(url);
  address.search = address.hash = "";
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  return address.href;
};

const kept = (request) => caches.match(bare(request.url));

const answered = async (event) => {
  const { request } = event;
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) event.waitUntil(keep(bare(request.url), answer.clone()));
    return answer;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    if (request.mode === "navigate") return Response.redirect(new URL("offline.html", registration.scope));
    throw error;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === location.origin) event.respondWith(answered(event));
});
