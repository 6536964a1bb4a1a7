// sw.js - the service worker: keeps the page's own files, so that it opens without the node. What the node says (/api/) is never kept.
// SPDX-License-Identifier: MIT
/* global VERSION, PATHS */

const CACHE = `krait-${VERSION}`;
const ANSWER_WITHIN = 3000; // milliseconds, after which the kept page is shown

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PATHS)).then(() => self.skipWaiting()));
});

async function tidy() {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

/** The page itself may be newer on the node; the files that it names never change. */
async function page(request) {
    try {
        return await fetch(request, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
    } catch {
        return (await caches.match("/")) ?? Response.error();
    }
}

async function file(request) {
    return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== location.origin || !PATHS.includes(pathname)) return;
    event.respondWith(pathname === "/" ? page(event.request) : file(event.request));
});
