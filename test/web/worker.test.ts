import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { createHttpDoor } from '../../src/server/doors/http.ts';
import { WebDoor } from '../../src/server/doors/web.ts';
import { builtWeb } from '../support/built-web.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';
import { until } from './support/until.ts';

/** A server of nothing but the files of a build, at a port that it can come back to. */
async function filesServed(t: TestContext, folder: string, port = 0) {
  const http = createHttpDoor({
    upgrades: new Map(),
    origins: [],
    tls: undefined,
    whyNotReady: async () => undefined,
    isDraining: () => false,
    web: new WebDoor(pathToFileURL(`${folder}/`)),
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const stop = async () => {
    if (!http.listening) return;
    http.close();
    http.closeAllConnections();
    await once(http, 'close');
  };
  t.after(stop);
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, stop };
}

/** A build like the one that is here, but another. */
function otherBuild(name: string): string {
  const folder = join(temporaryFolder(), name);
  cpSync(builtWeb, folder, { recursive: true });
  const change = (file: string, from: RegExp, to: string) => {
    const path = join(folder, file);
    const content = readFileSync(path, 'utf8');
    assert.match(content, from);
    writeFileSync(path, content.replace(from, to));
    for (const ending of ['.br', '.gz']) rmSync(`${path}${ending}`);
  };
  change('index.html', /<title>.*<\/title>/, `<title>${name}</title>`);
  change('worker.js', /"version":"[\w-]+"/, `"version":"${name}"`);
  return folder;
}

/** Resolves once the service worker answers for this page. */
async function workerOf(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Every address that is kept, by the name of its cache. */
function kept(page: Page): Promise<[cache: string, paths: string[]][]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    return Promise.all(
      names.map(async (name): Promise<[string, string[]]> => {
        const requests = await (await caches.open(name)).keys();
        return [name, requests.map(({ url }) => new URL(url).pathname)];
      }),
    );
  });
}

test('while the server is away a page of its own says so, and goes when the server is back', async (t) => {
  const anns = await person(t);
  if (anns === undefined) return;
  const server = await filesServed(t, builtWeb);
  const page = await anns.newPage();
  await page.goto(server.url);
  await workerOf(page);
  await server.stop();
  for (const path of ['/room/general', '/']) {
    await page.goto(`${server.url}${path}`);
    await page.getByRole('heading', { name: 'The server is away' }).waitFor();
    const button = page.getByRole('button', { name: 'Try now' });
    const ground = await button.evaluate((one) => getComputedStyle(one).backgroundColor);
    assert.notEqual(ground, 'rgba(0, 0, 0, 0)', 'it has its style');
    assert.equal(new URL(page.url()).pathname, path, 'the address stays');
  }
  await filesServed(t, builtWeb, server.port);
  await page.getByRole('heading', { name: 'Come in' }).waitFor();
});

test('only files of the build that never change are kept: no page, no socket, no answer', async (t) => {
  const anns = await person(t);
  if (anns === undefined) return;
  const { url } = await serverFor(t);
  const page = await signedIn(anns, url, 'ann');
  await workerOf(page);
  await page.getByRole('textbox', { name: 'Message to general' }).waitFor();
  const statuses = await page.evaluate(async () => {
    const paths = ['/api/openapi.json', '/ws', '/healthz', '/readyz', '/nothing'];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });
  assert.deepEqual(statuses, [404, 426, 200, 200, 404], 'the server itself answers');
  const caches = await kept(page);
  assert.equal(caches.length, 1);
  const strange = caches
    .flatMap(([, paths]) => paths)
    .filter((path) => !path.startsWith('/assets/'))
    .filter((path) => !['/offline.html', '/icon.svg'].includes(path));
  assert.deepEqual(strange, []);
});

test('a new build is seen at the next look, and what was kept of the old one goes', async (t) => {
  const anns = await person(t);
  if (anns === undefined) return;
  const old = await filesServed(t, otherBuild('old'));
  const page = await anns.newPage();
  await page.goto(old.url);
  await workerOf(page);
  assert.deepEqual(
    (await kept(page)).map(([name]) => name),
    ['chinwag-old'],
  );
  await old.stop();
  await filesServed(t, otherBuild('new'), old.port);
  const response = await page.goto(`${old.url}/`);
  assert.match((await response?.text()) ?? '', /<title>new<\/title>/, 'no stale page');

  // Its worker waits until the last tab of the old one is gone.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => {}));
  await until(page, 'the new worker', async () => {
    return (await navigator.serviceWorker.ready).waiting !== null;
  });
  await page.close();
  const next = await anns.newPage();
  await next.goto(old.url);
  await until(next, 'the old cache to go', async () => {
    return (await caches.keys()).join() === 'chinwag-new';
  });
});

test('the page can be installed: name, icons and colours are there', async (t) => {
  const anns = await person(t);
  if (anns === undefined) return;
  const { url } = await serverFor(t);
  const page = await anns.newPage();
  await page.goto(url);
  const session = await anns.newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data ?? '{}');
  assert.equal(manifest.name, 'chinwag');
  for (const { src, sizes, type } of manifest.icons) {
    const image = await page.evaluate(async (address) => {
      const response = await fetch(address);
      const shown = new Image();
      shown.src = address;
      await shown.decode();
      return { type: response.headers.get('content-type'), width: shown.naturalWidth };
    }, src);
    assert.equal(image.type, type, src);
    if (sizes !== 'any') assert.equal(`${image.width}x${image.width}`, sizes, src);
  }
  await workerOf(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A private window has no place to install into.
  const lacking = installabilityErrors.map(({ errorId }) => errorId);
  assert.deepEqual(
    lacking.filter((error) => error !== 'in-incognito'),
    [],
  );
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const [bar, ground] = await page.evaluate(() => {
      const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
      const bars = metas.filter(({ media }) => matchMedia(media).matches);
      return [
        bars.map(({ content }) => content).join(),
        getComputedStyle(document.body).backgroundColor,
      ];
    });
    const channels = bar.match(/[0-9a-f]{2}/g)?.map((hex) => Number.parseInt(hex, 16));
    assert.equal(`rgb(${channels?.join(', ')})`, ground, scheme);
  }
});
