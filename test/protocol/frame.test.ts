import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { framed, payload, textFrame } from '../../src/protocol/index.ts';
import { within } from '../support/within.ts';

const LENGTHS = [0, 1, 2, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 200_000];

test('1.2 frames of every length are read by another implementation as they were meant', async (t) => {
  const texts = LENGTHS.flatMap((length) => [
    'x'.repeat(length),
    `${'é'.repeat(Math.floor(length / 2))}${'x'.repeat(length % 2)}`,
    `${'x'.repeat(length % 4)}${'😀'.repeat(Math.floor(length / 4))}`,
  ]);
  const read = await readByWs(t, texts.map(textFrame), texts.length);
  for (const [n, text] of texts.entries()) assert.ok(read[n] === text, `text ${n} differs`);
});

test('a header takes as few bytes as RFC 6455 asks for', () => {
  const header = (length: number) => textFrame('x'.repeat(length)).length - length;
  assert.deepEqual([0, 125, 126, 65_535, 65_536, 200_000].map(header), [2, 2, 4, 4, 10, 10]);
});

test('a frame of parts is the frame of the whole', () => {
  const utf8 = new TextEncoder();
  const text = JSON.stringify({ a: 'é😀', b: 'x'.repeat(70_000) });
  const bytes = utf8.encode(text);
  for (const cut of [0, 1, 8, 100, bytes.length]) {
    assert.deepEqual(framed([bytes.subarray(0, cut), bytes.subarray(cut)]), textFrame(text));
  }
  assert.deepEqual(framed([]), textFrame(''));
});

test('the payload of a frame is what went in', () => {
  for (const length of LENGTHS) {
    const text = 'y'.repeat(length);
    assert.ok(new TextDecoder().decode(payload(textFrame(text))) === text, `${length} bytes`);
  }
});

/** Writes the frames to a bare socket, all at once, and lets the parser of `ws` read them. */
async function readByWs(
  t: { after(hook: () => void): void },
  frames: readonly Uint8Array[],
  count: number,
): Promise<string[]> {
  const http = createServer();
  const upgrades = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    upgrades.handleUpgrade(request, socket, head, () => socket.write(Buffer.concat(frames)));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  t.after(() => http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  t.after(() => client.terminate());
  const read: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.on('error', reject);
  client.on('message', (data, isBinary) => {
    assert.equal(isBinary, false);
    read.push(String(data));
    if (read.length === count) resolve();
  });
  await within(promise, `${count} frames`);
  return read;
}
