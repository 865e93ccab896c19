import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { builtFiles } from '../support/built-web.ts';
import { Peer } from '../support/peer.ts';
import { exchange, type RawAnswer } from '../support/raw-http.ts';
import { seedFor } from '../support/seed.ts';
import { serverFor } from '../support/server.ts';
import { often } from '../support/tools.ts';

const RUNS = often(4_000, 10_000);
/** What Node answers before chinwag sees a request. */
const NODES_OWN = [400, 408, 417, 431];
const PLAIN = ['ok\n', 'ready\n'];

const inside = new Set([...builtFiles().values(), ...PLAIN].map(hashOf));

const dots = [
  '..',
  '%2e%2e',
  '.%2E',
  '%2e.',
  '%252e%252e',
  '%25252e%25252e',
  '%c0%ae%c0%ae',
  '%e0%80%ae%e0%80%ae',
  '\xc0\xae\xc0\xae',
  '%u002e%u002e',
  '%ef%bc%8e%ef%bc%8e',
  '..;',
  '..%00',
  '....',
];
const slashes = ['/', '%2f', '%252f', '\\', '%5c', '%255c', '//', '%c0%af', '\xc0\xaf', '%00/'];
const starts = ['/', '/assets/', '/room/', '/room/general/', 'http://any/', '//any/', '\\'];
/** Each is there when one goes up as far as that. */
const targets = [
  [2, 'package.json'],
  [3, 'package.json'],
  [2, 'src', 'server', 'server.ts'],
  [12, 'etc', 'passwd'],
] as const;
const ends = ['', '%00', '%00.js', '?.js', '#.js', '/.js'];

/** Paths that name a file without a way to it. */
const absolute = [
  '/etc/passwd',
  '//etc/passwd',
  '/%2fetc%2fpasswd',
  'file:///etc/passwd',
  'http://any/%2fetc/passwd',
  'http://any:80/..//etc/passwd',
  'C:\\windows\\win.ini',
  '/C:/windows/win.ini',
  '/proc/self/environ',
  '/.made-from',
  '/assets',
  '/assets/',
  '/assets/.',
  '/index.html.br',
  '/index.html/',
  '/INDEX.HTML',
  '/__proto__',
  '/constructor.js',
  '/src/web/main.tsx',
  '/chinwag.db',
  '*',
  '',
];

function* traversals(): Generator<string> {
  for (const [up, ...target] of targets) {
    for (const slash of slashes) {
      for (const [n, dot] of dots.entries()) {
        const start = starts[n % starts.length] ?? '/';
        const end = ends[n % ends.length] ?? '';
        yield start + [...Array(up).fill(dot), ...target].join(slash) + end;
        yield `/assets/${[...Array(up).fill(dot), ...target].join(slash)}`;
      }
    }
  }
}

test('10.2 fault 28: no path in any encoding leads out of the built folder', async (t) => {
  const { url } = await serverFor(t);
  let many = 0;
  for (const path of [...traversals(), ...absolute]) {
    const head = `GET ${path} HTTP/1.1\r\nHost: any\r\nConnection: close\r\n\r\n`;
    for (const answer of await exchange(url, Buffer.from(head, 'latin1'))) judge(answer, path);
    many += 1;
  }
  assert.ok(many > 1_000, `only ${many} paths`);
  await lives(url);
});

/** Requests as browsers, proxies and scanners send them. */
const requests = [
  'GET / HTTP/1.1\r\nHost: any\r\nAccept-Encoding: gzip, br;q=0.5\r\n\r\n',
  'HEAD /room/general HTTP/1.1\r\nHost: any\r\nIf-None-Match: "x", W/"y"\r\n\r\n',
  'GET /index.html HTTP/1.1\r\nHost: any\r\nRange: bytes=0-10\r\n\r\n',
  'GET /assets/../index.html HTTP/1.1\r\nHost: any\r\nConnection: keep-alive\r\n\r\n',
  'GET http://any/healthz HTTP/1.1\r\nHost: any\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: any\r\nContent-Length: 5\r\n\r\nhello',
  'PUT /readyz HTTP/1.1\r\nHost: any\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: any\r\nExpect: 100-continue\r\n\r\n',
  'GET /ws HTTP/1.1\r\nHost: any\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGVzdGluZyBjaGlud2FnIQ==\r\n\r\n',
  'GET /classic?id=a&room=b HTTP/1.1\r\nHost: any\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
  'GET /healthz HTTP/1.0\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: any\r\n\r\nGET /index.html HTTP/1.1\r\nHost: any\r\n\r\n',
];

const snippet = fc.oneof(
  fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      ...dots,
      ...slashes,
      '\r\n',
      '\n',
      '\0',
      ' ',
      ':',
      '%',
      'HTTP/2.0',
      'Content-Length: 99999999999999999999\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Host: other\r\n',
      'Upgrade: websocket\r\n',
      'Connection: close, Upgrade\r\n',
      '[::1',
      '@',
    )
    .map((text) => Buffer.from(text, 'latin1')),
);

/** Oftener in the first line, where the path is. */
const place = fc.oneof(fc.nat(30), fc.nat(250));

/** A request with some of it changed, added, taken away or cut off. */
const mutated = fc
  .record({
    request: fc.constantFrom(...requests),
    edits: fc.array(fc.record({ at: place, remove: fc.nat(4), insert: snippet }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ request, edits }) => {
    let bytes = Buffer.from(request, 'latin1');
    for (const { at, remove, insert } of edits) {
      const start = at % (bytes.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
    }
    return bytes;
  });

test('10.2 fault 28: mutated requests get no 5xx and no byte from outside, and the server lives', async (t) => {
  const { url } = await serverFor(t);
  const seen = new Map<number, number>();
  const holds = fc.asyncProperty(mutated, async (bytes) => {
    for (const answer of await exchange(url, bytes)) {
      judge(answer, bytes.toString('latin1'));
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    }
  });
  await fc.assert(holds, { seed: seedFor(t), numRuns: RUNS, endOnFailure: true });
  const met = [...seen].map(([status, many]) => `${status}: ${many}`).join(', ');
  t.diagnostic(`answers: ${met}`);
  for (const status of [200, 400, 404, 405]) assert.ok(seen.has(status), `no ${status}: ${met}`);
  await lives(url);
});

/** Whatever was asked: it is no fault of the server's, and nothing that is not for everybody. */
function judge({ status, headers, body }: RawAnswer, asked: string): void {
  const what = `${status} to ${JSON.stringify(asked)}`;
  assert.ok(status < 500, what);
  if (status === 200 && body.length > 0) assert.ok(inside.has(hashOf(body)), what);
  if (status === 101 || status === 100 || NODES_OWN.includes(status)) return;
  if (headers.get('connection') === 'close' && !headers.has('date')) return;
  assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'/, what);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
}

/** Pages and people are still served. */
async function lives(url: string): Promise<void> {
  assert.equal((await fetch(url)).status, 200);
  const ann = await Peer.member(url, 'ann');
  await ann.ask({ type: 'send', room: 'general', text: 'still here' });
  await ann.close();
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
