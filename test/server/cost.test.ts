import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

/** What it costs to bring messages to a room, counted, so that no clock can blur it. */

const MEMBERS = 60;
const MESSAGES = 40;

/** Every write that this server makes from now on. */
function writesOf(t: TestContext, url: string): unknown[] {
  const port = Number(new URL(url).port);
  const written: unknown[] = [];
  const write = Socket.prototype.write;
  t.mock.method(Socket.prototype, 'write', function (this: Socket, ...args: unknown[]) {
    if (this.localPort === port) written.push(args[0]);
    return Reflect.apply(write, this, args);
  });
  return written;
}

/** A room in which no time passes: none is too large to be served at once. */
async function crowd(t: TestContext): Promise<{ url: string; peers: [Peer, ...Peer[]] }> {
  const { url } = await serverFor(t, {}, { storage: new MemoryStorage(), clock: new FakeClock() });
  const sender = await Peer.member(url, 'sender');
  const others = Array.from({ length: MEMBERS - 1 }, (_, n) => Peer.member(url, `member-${n}`));
  const all = await Promise.all(others);
  // Once everyone has this, nothing of all the coming in is under way any more.
  await sender.ask({ type: 'send', room: 'general', text: 'everyone is here' });
  await Promise.all([sender, ...all].map((peer) => peer.seen(({ seq }) => seq === 1)));
  return { url, peers: [sender, ...all] };
}

const gotAll = (peer: Peer) =>
  peer.seen(({ type, seq }) => type === 'message' && seq === MESSAGES + 1);

test('messages that are stored together take one write for each member, not one each', async (t) => {
  const { url, peers } = await crowd(t);
  const written = writesOf(t, url);
  for (let n = 0; n < MESSAGES; n += 1) {
    peers[0].send({ type: 'send', room: 'general', text: `message ${n}` });
  }
  await Promise.all(peers.map(gotAll));
  const delivered = MEMBERS * MESSAGES;
  assert.ok(
    written.length * 10 <= delivered,
    `${written.length} writes for ${delivered} deliveries`,
  );
});

test('a message is encoded once, and everyone gets that very buffer', async (t) => {
  const { url, peers } = await crowd(t);
  const written = writesOf(t, url);
  const encode = t.mock.method(JSON, 'stringify');
  peers[0].send({ type: 'send', room: 'general', text: 'the one' });
  await Promise.all(peers.map((peer) => peer.seen(({ text }) => text === 'the one')));
  const encoded = encode.mock.calls.filter(({ result }) => String(result).includes('"seq":2'));
  assert.equal(encoded.length, 1);
  assert.equal(written.length, MEMBERS);
  assert.equal(new Set(written).size, 1, 'no copy for anyone');
});

test('who waits for an answer does not wait for the room: it leaves in the same write', async (t) => {
  const { url, peers } = await crowd(t);
  const written = writesOf(t, url);
  await peers[0].ask({ type: 'send', room: 'general', text: 'asked' });
  await Promise.all(peers.map((peer) => peer.seen(({ text }) => text === 'asked')));
  assert.equal(written.length, MEMBERS);
});
