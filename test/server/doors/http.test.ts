import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { serverFor } from '../../support/server.ts';
import { within } from '../../support/within.ts';

test('10.1 10.2 what is answered at which address', async (t) => {
  const { url } = await serverFor(t);
  const rows: [method: string, path: string, status: number][] = [
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/ws', 426],
    ['GET', '/classic', 426],
    ['GET', '/nothing', 404],
    ['POST', '/', 405],
    ['DELETE', '/healthz', 405],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd', 404],
  ];
  for (const [method, path, status] of rows) {
    const response = await fetch(`${url}${path}`, { method });
    assert.equal(response.status, status, `${method} ${path}`);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    await response.text();
  }
});

test('10.2 fault 24: a body over 65,536 bytes is 413, and the connection is closed', async (t) => {
  const { url } = await serverFor(t);
  for (const method of ['POST', 'PUT']) {
    const length = 65_537;
    const head = `${method} / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;
    const answer = await rawAnswer(url, head);
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /\r\nConnection: close\r\n/i);
  }
});

test('10.2 fault 24: headers over the limit are 431', async (t) => {
  const { url } = await serverFor(t);
  const long = 'x'.repeat(20_000);
  const heads = [
    `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${long}\r\n\r\n`,
    `GET /${long} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ];
  for (const head of heads) assert.match(await rawAnswer(url, head), /^HTTP\/1\.1 431 /);
});

test('10.4 a broken request, and an upgrade at a wrong address, get a 4xx', async (t) => {
  const { url } = await serverFor(t);
  assert.match(await rawAnswer(url, 'NONSENSE\r\n\r\n'), /^HTTP\/1\.1 400 /);
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nHost: x\r\n';
  const strange = `GET /elsewhere HTTP/1.1\r\n${upgrade}\r\n`;
  assert.match(await rawAnswer(url, strange), /^HTTP\/1\.1 404 /);
  const unfinished = `GET /ws HTTP/1.1\r\n${upgrade}\r\n`;
  assert.match(await rawAnswer(url, unfinished), /^HTTP\/1\.1 400 /, 'no key, no version');
});

/** Everything that comes back until the server closes the connection. */
async function rawAnswer(url: string, request: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  socket.write(request);
  await within(once(socket, 'close'), 'the server to close');
  return answer;
}
