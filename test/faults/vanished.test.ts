import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAlive } from '../support/keep-alive.ts';
import { Link } from '../support/link.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { descriptorsBackTo, descriptorsOf } from '../support/process-facts.ts';
import { temporaryFolder } from '../support/server.ts';
import { often } from '../support/tools.ts';
import { within } from '../support/within.ts';

const PEERS = often(100, 500);
const HEARTBEAT_MS = 300;
/** Each small enough to name everyone who goes. */
const ROOMS = ['one', 'two', 'three', 'four', 'five'];

test(`2.G6 fault 10: ${PEERS} half-open peers are reaped, and their descriptors with them`, async (t) => {
  const args = ['--heartbeat', `${HEARTBEAT_MS}ms`];
  const { url, pid } = await serve(t, temporaryFolder(), { args });
  const bob = await Peer.guest(url, 'bob');
  keepAlive(bob);
  for (const room of ROOMS) await bob.ask({ type: 'join', room });
  const baseline = descriptorsOf(pid);
  const link = await Link.to(t, url);
  const peers = await Promise.all(
    Array.from({ length: PEERS }, async (_, n) => {
      const peer = await Peer.guest(link.url, `peer-${n}`);
      keepAlive(peer);
      await peer.ask({ type: 'join', room: ROOMS[n % ROOMS.length] });
      return peer;
    }),
  );
  assert.equal(descriptorsOf(pid), baseline + PEERS);
  link.freeze();

  const gone = await within(departures(bob, PEERS), 'all of them to be told of', 15_000);
  assert.deepEqual([...new Set(gone)], ['timeout']);
  for (const room of ROOMS) {
    assert.equal((await bob.ask({ type: 'join', room })).memberCount, 1);
  }
  await descriptorsBackTo(pid, baseline);
  for (const peer of peers) peer.vanish();
});

/** Why so many left, once they have. */
async function departures(peer: Peer, count: number): Promise<unknown[]> {
  const { promise, resolve } = Promise.withResolvers<void>();
  peer.socket.on('message', () => {
    if (peer.all('disconnected').length === count) resolve();
  });
  await promise;
  return peer.all('disconnected').map(({ reason }) => reason);
}
