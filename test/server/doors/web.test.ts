import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { WebDoor } from '../../../src/server/doors/web.ts';
import { serverFor, temporaryFolder } from '../../support/server.ts';

const SECRET = 'what is outside must stay there';

/** A folder with what a build leaves, and a secret beside it. */
function built(): URL {
  const home = temporaryFolder();
  writeFileSync(join(home, 'secret.html'), SECRET);
  const folder = join(home, 'web');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>plain');
  writeFileSync(join(folder, 'index.html.br'), 'brotli');
  writeFileSync(join(folder, 'index.html.gz'), 'gzip');
  writeFileSync(join(folder, 'assets/main-abc.js'), 'main()');
  writeFileSync(join(folder, 'notes.txt'), 'of no known type');
  return pathToFileURL(`${folder}/`);
}

/** The answer to a path exactly as it is written, which `fetch` would tidy up. */
async function raw(url: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const asking = request({ hostname, port, path }, (response) => {
    let body = '';
    response.on('data', (part) => {
      body += part;
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}

test('10.2 the page and the addresses of rooms are the browser client', async (t) => {
  const { url } = await serverFor(t);
  const page = await (await fetch(url)).text();
  assert.match(page, /<div id="app">/);
  const [, script = ''] = /<script type="module" crossorigin src="([^"]+)"/.exec(page) ?? [];
  assert.equal(
    (await fetch(`${url}${script}`)).headers.get('content-type')?.split(';')[0],
    'text/javascript',
  );
  for (const room of ['general', 'a.b-c_d', 'x'.repeat(64)]) {
    assert.equal(await (await fetch(`${url}/room/${room}`)).text(), page, room);
  }
  const typed = await fetch(`${url}/Room/Upper.x`, { redirect: 'manual' });
  assert.equal(typed.status, 308);
  assert.equal(typed.headers.get('location'), '/room/upper.x');
  for (const path of ['/room/', '/room/Ä', '/room/a/b', `/room/${'x'.repeat(65)}`, '/index']) {
    assert.equal((await fetch(`${url}${path}`)).status, 404, path);
  }
});

test('no script, style or connection is allowed but those of this server', async (t) => {
  const { url } = await serverFor(t);
  const response = await fetch(url);
  const policy = response.headers.get('content-security-policy') ?? '';
  const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule]));
  assert.equal(rules.get('default-src'), "default-src 'none'");
  for (const what of ['script-src', 'style-src', 'connect-src', 'img-src']) {
    assert.equal(rules.get(what), `${what} 'self'`);
  }
  for (const what of ['frame-ancestors', 'base-uri', 'form-action']) {
    assert.equal(rules.get(what), `${what} 'none'`);
  }
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  const page = await response.text();
  assert.doesNotMatch(page, /<style|style=|<script>|\son[a-z]+=/);
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
});

test('a page is asked for anew each time, and what it names is kept for ever', async () => {
  const web = new WebDoor(built());
  const page = await web.answer('/', {});
  assert.equal(page?.headers['Cache-Control'], 'no-cache');
  const etag = String(page?.headers.ETag);
  const again = await web.answer('/', { 'if-none-match': `"other", ${etag}` });
  assert.deepEqual([again?.status, again?.body], [304, undefined]);
  const asset = await web.answer('/assets/main-abc.js', {});
  assert.equal(asset?.headers['Cache-Control'], 'public, max-age=31536000, immutable');
});

test('each browser gets the smallest form that it reads', async () => {
  const web = new WebDoor(built());
  const rows: [accepted: string, encoding: string | undefined][] = [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0.000', undefined],
    ['identity', undefined],
    ['', undefined],
  ];
  for (const [accepted, encoding] of rows) {
    const answer = await web.answer('/', { 'accept-encoding': accepted });
    assert.equal(answer?.headers['Content-Encoding'], encoding, accepted);
    assert.equal(answer?.headers.Vary, 'Accept-Encoding');
  }
});

test('what the build compressed is what it left plain', async () => {
  const web = new WebDoor();
  const plain = await web.answer('/', {});
  const brotli = await web.answer('/', { 'accept-encoding': 'br' });
  const gzip = await web.answer('/', { 'accept-encoding': 'gzip' });
  assert.deepEqual(brotliDecompressSync(brotli?.body ?? ''), plain?.body);
  assert.deepEqual(gunzipSync(gzip?.body ?? ''), plain?.body);
});

test('fault 28: no path in any encoding leads out of the folder', async (t) => {
  const web = new WebDoor(built());
  const { url } = await serverFor(t);
  const { body: page } = await raw(url, '/');
  const ups = [
    '..',
    '%2e%2e',
    '%2E.',
    '.%2e',
    '%252e%252e',
    '..%00',
    '..;',
    '%c0%ae%c0%ae',
    '．．',
  ];
  const slashes = ['/', '%2f', '%2F', '\\', '%5c', '%255c', '//', '/./', '%c0%af'];
  const paths = ups.flatMap((up) =>
    slashes.flatMap((slash) =>
      ['', '/assets', '/room', '/room/general'].flatMap((start) => [
        `${start}/${up}${slash}secret.html`,
        `${start}/${up}${slash}${up}${slash}secret.html`,
        `${start}/${up}${slash}${up}${slash}${up}${slash}etc${slash}passwd`,
      ]),
    ),
  );
  const more = [
    '/secret.html',
    '//secret.html',
    '/\0',
    '/assets',
    '/assets/',
    '/notes.txt',
    '/.made-from',
    '/index.html.br',
    'http://x/../secret.html',
    '/etc/passwd',
  ];
  for (const path of [...paths, ...more]) {
    const answer = await web.answer(path, {});
    assert.equal(answer, undefined, path);
    const wire = encodeURI(path).replaceAll('%25', '%');
    const { status, body } = await raw(url, wire);
    // What tidies up to the address of a room is the page.
    assert.ok(status === 404 || status === 400 || body === page, `${wire}: ${status}`);
    assert.doesNotMatch(body, /root:|outside/, wire);
  }
});

test('where the browser client was not built, the page says what to do', async () => {
  const web = new WebDoor(pathToFileURL(join(temporaryFolder(), 'nothing/')));
  assert.equal(web.isBuilt, false);
  assert.equal(await web.answer('/', {}), undefined);
});
