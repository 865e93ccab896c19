/**
 * Makes the page installable, and lets it open while the server is away. It never shows an old
 * page where there is a newer one: a page is asked for every time, and the last one that came is
 * for when none comes.
 */
declare const self: ServiceWorkerGlobalScope;

const CACHE = 'chinwag';
const PAGE = '/';
/** Of the files that never change, so many are kept; the oldest go. */
const MOST_FILES = 80;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(file(request));
});

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(PAGE, response.clone());
    return response;
  } catch (error) {
    const last = await cache.match(PAGE);
    if (last === undefined) throw error;
    return last;
  }
}

/** Its name changes with what is in it: what was once fetched is right for ever. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request);
  if (known !== undefined) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  const kept = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== PAGE);
  for (const old of kept.slice(0, -MOST_FILES)) await cache.delete(old);
  return response;
}

// A module of its own: its `self` is not everybody's.
export {};
