import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';
import { within } from '../support/within.ts';

test('2.G6 6.5 6.7 who is silent for the timeout is closed with 4408, and the room is told', async (t) => {
  const { clock, ann, bob } = await annAndBob(t);
  for (let passed = 0; passed < 44_000; passed += 1_000) {
    clock.advance(1_000);
    await ann.settled();
  }
  assert.deepEqual(bob.socket.readyState, bob.socket.OPEN);
  assert.equal(bob.all('heartbeat').length, 2, 'it was asked for life every 15 s');
  clock.advance(1_100);
  assert.equal((await within(bob.closed, 'bob to be closed')).code, 4408);
  const { reason, user } = await ann.next('disconnected');
  assert.deepEqual([reason, Object(user).name], ['timeout', 'bob']);
  await ann.close();
});

test('2.G6 6.6 any frame is life: a refused one too', async (t) => {
  const { clock, ann, bob } = await annAndBob(t);
  for (let passed = 0; passed < 100_000; passed += 10_000) {
    clock.advance(10_000);
    await ann.settled();
    bob.send({ type: 'nonsense' });
    await bob.next('error');
  }
  assert.equal(ann.all('disconnected').length, 0);
  await Promise.all([ann.close(), bob.close()]);
});

test('2.G6 6.7 a server that slept wakes up with everyone still there', async (t) => {
  const { clock, ann, bob } = await annAndBob(t);
  clock.stall(3_600_000);
  await Promise.all([ann.settled(), bob.settled()]);
  clock.advance(30_000);
  await Promise.all([ann.settled(), bob.settled()]);
  assert.equal(ann.all('disconnected').length, 0);
  await Promise.all([ann.close(), bob.close()]);
});

test('3.1 no hello within 10 s closes the socket with 4401, frames or not', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { clock, storage: new MemoryStorage() });
  const peer = await Peer.open(url);
  clock.advance(9_000);
  assert.equal((await peer.ask({ type: 'heartbeat' })).code, 'not_authenticated');
  clock.advance(1_100);
  assert.equal((await within(peer.closed, 'the socket to be closed')).code, 4401);
});

/** Two in one room, on a server whose clock stands still. */
async function annAndBob(t: TestContext) {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { clock, storage: new MemoryStorage() });
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  return { clock, ann, bob };
}
