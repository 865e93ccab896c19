/** The service worker: a page for when the server is away, and no second download of what never changes. */
declare const self: ServiceWorkerGlobalScope;

/** Put in by the build, see scripts/web/worker.ts. */
declare const __BUILD__: {
  /** Another for every build. */
  readonly version: string;
  /** The offline page, and what it needs. */
  readonly offline: readonly string[];
  /** What has its content in its name. */
  readonly assets: readonly string[];
};

const PREFIX = 'chinwag-';
const OFFLINE = '/offline.html';
const build = __BUILD__;
const cacheName = PREFIX + build.version;
const assets = new Set(build.assets);
/** What a proxy says in place of a server that is not there. */
const AWAY = [502, 503, 504];

self.addEventListener('install', (event) => {
  const fresh = build.offline.map((path) => new Request(path, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

// It takes over once the last tab of the build before is gone, so nobody's files are dropped under them.
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers());
});

// Only what is named here passes through: sockets, the API and everything else never do.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && (pathname === '/' || pathname.startsWith('/room/'))) {
    event.respondWith(page(request));
  } else if (assets.has(pathname)) {
    event.respondWith(asset(request));
  }
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== cacheName);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** From the server, always: a kept page could be an old one. */
async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    return AWAY.includes(response.status) ? ((await offline()) ?? response) : response;
  } catch {
    return (await offline()) ?? Response.error();
  }
}

async function offline(): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(OFFLINE);
}

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  // What cannot be kept can still be used.
  if (response.ok) await cache.put(request, response.clone()).catch(() => {});
  return response;
}

/** Shows a room in a tab that is there, or in a new one. `wanted` is what the notice was given. */
async function open(wanted: { readonly open: string }): Promise<void> {
  const [tab] = await self.clients.matchAll({ type: 'window' });
  if (tab === undefined) {
    await self.clients.openWindow(`/room/${wanted.open}`);
  } else {
    await tab.focus();
    tab.postMessage(wanted);
  }
}

export {};
