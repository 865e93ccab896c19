import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';

async function heldServer(t: TestContext) {
  const clock = new FakeClock();
  const tools = { storage: new MemoryStorage(), clock };
  const { url } = await serverFor(t, { heartbeatMs: 15_000 }, tools);
  return { url, clock };
}

test('1.10 6.5 the server’s heartbeat comes every 15 s, with its time', async (t) => {
  const { url, clock } = await heldServer(t);
  const ann = await Peer.guest(url, 'ann');
  for (let beat = 1; beat <= 10; beat += 1) {
    clock.advance(14_900);
    ann.send({ type: 'heartbeat' });
    await ann.settled();
    assert.equal(ann.all('heartbeat').length, beat - 1);
    clock.advance(100);
    const { type, at } = await ann.next('heartbeat');
    assert.deepEqual({ type, at }, { type: 'heartbeat', at: clock.wall() });
  }
});

test('6.5 a heartbeat with a ref is a question, one without is none', async (t) => {
  const { url, clock } = await heldServer(t);
  const ann = await Peer.guest(url, 'ann');
  const reply = await ann.ask({ type: 'heartbeat' });
  assert.deepEqual(reply, { type: 'ok', ref: reply.ref, at: clock.wall() });
  ann.send({ type: 'heartbeat' });
  await ann.settled();
  assert.equal(ann.all('ok').length, 2);
});

test('6.3 6.7 8.3 nothing for 45 s closes with 4408 and tells the rooms, reason timeout', async (t) => {
  const { url, clock } = await heldServer(t);
  const silent = await Peer.member(url, 'silent');
  const bob = await Peer.member(url, 'bob');
  for (let waited = 0; waited < 44_000; waited += 11_000) {
    clock.advance(11_000);
    await bob.settled();
  }
  assert.equal(bob.all('disconnected').length, 0);
  clock.advance(2_000);
  const { user, reason } = await bob.next('disconnected');
  assert.deepEqual({ user, reason }, { user: personOf(silent), reason: 'timeout' });
  assert.equal((await silent.closed).code, 4408);
  await bob.settled();
  assert.equal((await bob.ask({ type: 'join', room: 'general' })).memberCount, 1);
});

for (const [what, frame] of [
  ['a heartbeat', '{"type":"heartbeat"}'],
  ['a command', '{"type":"typing","room":"general"}'],
  ['a frame that is refused', '{"type":"shout"}'],
] as const) {
  test(`6.6 any frame proves life: ${what}`, async (t) => {
    const { url, clock } = await heldServer(t);
    const ann = await Peer.member(url, 'ann');
    const bob = await Peer.member(url, 'bob');
    for (let n = 0; n < 6; n += 1) {
      clock.advance(30_000);
      ann.socket.send(frame);
      await bob.settled();
    }
    assert.equal(ann.socket.readyState, ann.socket.OPEN);
    assert.equal(bob.all('disconnected').length, 0);
  });
}

test('6.6 what a peer only reads is no sign of life', async (t) => {
  const { url, clock } = await heldServer(t);
  const reader = await Peer.member(url, 'reader');
  const bob = await Peer.member(url, 'bob');
  for (let n = 0; n < 5; n += 1) {
    clock.advance(10_000);
    await bob.ask({ type: 'send', room: 'general', text: `${n}` });
  }
  assert.equal((await reader.closed).code, 4408);
});

for (const sign of ['ping', 'pong'] as const) {
  test(`6.6 a WebSocket ${sign} is life too`, async (t) => {
    const { url, clock } = await heldServer(t);
    const ann = await Peer.member(url, 'ann');
    const bob = await Peer.member(url, 'bob');
    for (let n = 0; n < 6; n += 1) {
      clock.advance(30_000);
      ann.socket[sign]();
      await bob.settled();
    }
    assert.equal(ann.socket.readyState, ann.socket.OPEN);
    assert.deepEqual(bob.all('disconnected'), []);
  });
}
