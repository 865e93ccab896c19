import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { frameOf, RawPeer, upgradeRequest } from '../support/raw.ts';
import { serverFor } from '../support/server.ts';
import { often } from '../support/tools.ts';

const LIMIT_MS = 15_000;
/** Of each kind. */
const PEERS = often(3, 100);

/** What a peer does that never gets as far as signing in. */
const dawdlers: readonly (readonly [string, (peer: RawPeer) => void])[] = [
  ['says nothing at all', () => {}],
  [
    'stops in the middle of its headers',
    ({ socket }) => socket.write('GET /ws HTTP/1.1\r\nHost: ch'),
  ],
  ['sends a header every second', ({ socket }) => trickle(socket, 'X-Slow: yes\r\n', 1_000)],
  [
    'stops before the end of an upgrade',
    ({ socket }) => socket.write(upgradeRequest('/ws').slice(0, -2)),
  ],
  ['upgrades and never says hello', ({ socket }) => socket.write(upgradeRequest('/ws'))],
  [
    'upgrades where no door is, and stays',
    ({ socket }) => socket.write(upgradeRequest('/nowhere')),
  ],
  [
    'is refused for its origin, and stays',
    ({ socket }) =>
      socket.write(
        upgradeRequest('/ws').replace('\r\n\r\n', '\r\nOrigin: http://evil.example\r\n\r\n'),
      ),
  ],
  [
    'sends half of a hello',
    ({ socket }) => {
      socket.write(upgradeRequest('/ws'));
      socket.write(frameOf('{"type":"hello","name":"ann"}').subarray(0, 20));
    },
  ],
  [
    'sends a hello in fragments that never end',
    ({ socket }) => {
      socket.write(upgradeRequest('/ws'));
      socket.write(frameOf('{', { final: false }));
      trickle(socket, frameOf(' ', { opcode: 0, final: false }), 500);
    },
  ],
  [
    'only answers pings',
    ({ socket }) => {
      socket.write(upgradeRequest('/ws'));
      trickle(socket, frameOf('', { opcode: 10 }), 500);
    },
  ],
  [
    'promises a body and sends none',
    ({ socket }) =>
      socket.write('POST / HTTP/1.1\r\nHost: chinwag\r\nContent-Length: 1000\r\n\r\n'),
  ],
  [
    'asks for a page and keeps the line',
    ({ socket }) => socket.write('GET / HTTP/1.1\r\nHost: chinwag\r\n\r\n'),
  ],
];

test('3.1 fault 23: who never gets as far as signing in is closed within 15 s', async (t) => {
  const { url } = await serverFor(t);
  const canary = await Peer.member(url, 'canary');
  const started = performance.now();
  const all = dawdlers.flatMap((dawdler) => Array.from({ length: PEERS }, () => dawdler));
  const stayed = await Promise.all(
    all.map(async ([does, act]) => {
      const peer = await RawPeer.connect(t, url);
      act(peer);
      const closed = peer.closed.then(() => true);
      const left = Math.max(0, started + LIMIT_MS - performance.now());
      return (await Promise.race([closed, later(left)])) ? undefined : does;
    }),
  );
  assert.deepEqual([...new Set(stayed.filter((does) => does !== undefined))], []);
  await canary.settled();
});

test('fault 23: a command in fragments of one byte is understood', async (t) => {
  const { url } = await serverFor(t);
  const peer = await RawPeer.upgrade(t, url);
  const hello = [...JSON.stringify({ type: 'hello', name: 'ann' })];
  for (const [n, byte] of hello.entries()) {
    const final = n === hello.length - 1;
    for (const part of frameOf(byte, { opcode: n === 0 ? 1 : 0, final })) {
      peer.socket.write(Buffer.of(part));
    }
  }
  await peer.saw('"welcome"');
  peer.socket.destroy();
});

test('fault 23: a frame in more fragments than any client needs is closed', async (t) => {
  const { url } = await serverFor(t);
  const peer = await RawPeer.upgrade(t, url);
  peer.send({ type: 'hello', name: 'ann' });
  await peer.saw('"welcome"');
  peer.socket.write(frameOf('{', { final: false }));
  for (let n = 0; n < 1_000; n += 1) peer.socket.write(frameOf(' ', { opcode: 0, final: false }));
  // Policy violation, 1008, in two bytes.
  await peer.saw('\x03\xf0');
  peer.socket.destroy();
});

/** Sends the same again and again for as long as it may. */
function trickle(socket: Socket, bytes: string | Uint8Array, everyMs: number): void {
  const timer = setInterval(() => socket.write(bytes), everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** False after `ms`. */
function later(ms: number): Promise<false> {
  const { promise, resolve } = Promise.withResolvers<false>();
  setTimeout(() => resolve(false), ms).unref();
  return promise;
}
