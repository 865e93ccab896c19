import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { WebDoor } from '../../../src/server/doors/web.ts';
import { builtFiles } from '../../support/built-web.ts';
import { serverFor, temporaryFolder } from '../../support/server.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';
const protective = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

test('10.2 every file of the build is served as what it is, byte by byte', async (t) => {
  const { url } = await serverFor(t);
  const types: Readonly<Record<string, string>> = {
    css: 'text/css; charset=utf-8',
    html: 'text/html; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    png: 'image/png',
    svg: 'image/svg+xml',
    webmanifest: 'application/manifest+json',
  };
  for (const [path, bytes] of builtFiles()) {
    const type = types[path.split('.').at(-1) ?? ''];
    const response = await fetch(`${url}${path}`, { headers: { 'Accept-Encoding': 'identity' } });
    const body = Buffer.from(await response.arrayBuffer());
    if (type === undefined) {
      assert.equal(response.status, 404, `${path} is only for those who ask for the plain one`);
      continue;
    }
    assert.equal(response.status, 200, path);
    assert.ok(body.equals(bytes), path);
    assert.equal(response.headers.get('content-type'), type, path);
    const kept = path.startsWith('/assets/') ? FOR_EVER : 'no-cache';
    assert.equal(response.headers.get('cache-control'), kept, path);
  }
});

test('10.2 every answer carries the headers that keep a page to itself, refusals too', async (t) => {
  const { url } = await serverFor(t);
  const paths = ['/', '/room/general', '/index.html', '/healthz', '/readyz', '/ws', '/nothing'];
  const asked = paths.flatMap((path) => [
    { path, method: 'GET' },
    { path, method: 'HEAD' },
    { path, method: 'POST' },
  ]);
  for (const { path, method } of asked) {
    const { headers, status } = await fetch(`${url}${path}`, { method });
    const what = `${method} ${path}: ${status}`;
    for (const [name, value] of Object.entries(protective)) {
      assert.equal(headers.get(name), value, `${what} ${name}`);
    }
    const policy = headers.get('content-security-policy') ?? '';
    const directives = policy.split('; ').map((directive) => directive.split(' '));
    const sources = new Map(directives.map(([name = '', ...rest]) => [name, rest.join(' ')]));
    assert.equal(sources.get('default-src'), "'none'", what);
    assert.equal(sources.get('script-src'), "'self'", what);
    assert.equal(sources.get('style-src'), "'self'", what);
    assert.equal(sources.get('base-uri'), "'none'", what);
    assert.equal(sources.get('frame-ancestors'), "'none'", what);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/, what);
    assert.equal(headers.get('set-cookie'), null, what);
    assert.equal(headers.get('server'), null, what);
  }
});

test('10.2 what a browser has already is not sent again', async (t) => {
  const { url } = await serverFor(t);
  const asset = [...builtFiles().keys()].find((path) => /^\/assets\/.*\.js$/.test(path)) ?? '';
  for (const path of ['/', asset]) {
    const etag = String((await ask(url, path)).headers.etag);
    assert.match(etag, /^"[\w-]{20,}"$/, path);
    const known = [etag, `W/${etag}`, `"other", ${etag}`, `"other",W/${etag}`, '*'];
    for (const tags of known) {
      const { status, headers, body } = await ask(url, path, { 'If-None-Match': tags });
      assert.deepEqual([status, body.length], [304, 0], `${path} ${tags}`);
      assert.equal(headers.etag, etag);
      assert.equal(headers.vary, 'Accept-Encoding');
      assert.ok(headers['cache-control'], 'it may be kept as before');
      assert.equal(headers['content-length'], undefined);
    }
    for (const tags of ['"other"', etag.slice(1), `"x${etag.slice(1)}`, '']) {
      const { status, body } = await ask(url, path, { 'If-None-Match': tags });
      assert.equal(status, 200, `${path} ${tags}`);
      assert.ok(body.length > 0);
    }
  }
});

test('10.2 HEAD is answered as GET is, without the body', async (t) => {
  const { url } = await serverFor(t);
  for (const path of ['/', '/room/general', '/healthz', '/nothing']) {
    const get = await ask(url, path);
    const head = await ask(url, path, {}, 'HEAD');
    assert.equal(head.status, get.status, path);
    assert.equal(head.body.length, 0, path);
    assert.equal(Number(head.headers['content-length']), get.body.length, path);
    const { date: _one, ...ofGet } = get.headers;
    const { date: _other, ...ofHead } = head.headers;
    assert.deepEqual(ofHead, ofGet, path);
  }
});

test('10.2 other methods get 405 and are told which there are', async (t) => {
  const { url } = await serverFor(t);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND']) {
    for (const path of ['/', '/index.html', '/room/general', '/nothing', '/ws']) {
      const { status, headers } = await ask(url, path, {}, method);
      assert.equal(status, 405, `${method} ${path}`);
      assert.equal(headers.allow, 'GET, HEAD');
    }
  }
});

test('10.2 only files of the build are there: no folders, no links, nothing of another kind', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder.js'));
  writeFileSync(join(folder, 'page.js'), 'page');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, '.made-from'), 'stamp');
  symlinkSync('/etc/passwd', join(folder, 'passwd.js'));
  const door = new WebDoor(pathToFileURL(`${folder}/`));
  assert.equal((await door.answer('/page.js', {}))?.status, 200);
  for (const path of ['/folder.js', '/secret.txt', '/.made-from', '/passwd.js', '/', '/page.js/']) {
    assert.equal(await door.answer(path, {}), undefined, path);
  }
  assert.equal(door.isBuilt, false);
});

test('10.2 the page is at / and at every room that can be, and nowhere else', async (t) => {
  const { url } = await serverFor(t);
  const { body: page } = await ask(url, '/');
  for (const room of ['general', 'a', '0', 'a.b-c_d', 'x.js', 'x'.repeat(64)]) {
    const { status, body } = await ask(url, `/room/${room}?from=mail#top`);
    assert.equal(status, 200, room);
    assert.ok(body.equals(page), room);
  }
  const none = ['', '.hidden', '-x', 'a/b', 'é', 'a%20b', 'x'.repeat(65), 'a\\b', 'a%00'];
  for (const room of none) {
    const { status } = await ask(url, `/room/${encodeURI(room).replaceAll('%25', '%')}`);
    assert.equal(status, 404, room);
  }
});

type Asked = {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
};

/** As `fetch`, which adds headers of its own and unpacks bodies, does not. */
function ask(url: string, path: string, headers = {}, method = 'GET'): Promise<Asked> {
  const { promise, resolve, reject } = Promise.withResolvers<Asked>();
  const asking = request(`${url}${path}`, { headers, method }, async (response) => {
    const chunks = await Array.fromAsync(response);
    const { statusCode: status, headers } = response;
    resolve({ status, headers, body: Buffer.concat(chunks) });
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}
