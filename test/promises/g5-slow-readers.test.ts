import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serve } from '../support/process.ts';
import { memoryOf } from '../support/process-facts.ts';
import { temporaryFolder } from '../support/server.ts';
import { within } from '../support/within.ts';

const SLOW = 20;
const MESSAGES = 4_000;
const TEXT = 'x'.repeat(4_000);
const MORE_MEMORY = 64 * 1024 * 1024;

test('2.G5 6.3 nobody waits for the slow: they are cut off with 4408 and catch up; others notice nothing', async (t) => {
  const { url, pid } = await serve(t, temporaryFolder());
  const writer = await Peer.member(url, 'writer');
  const reader = await Peer.member(url, 'reader');
  const slow = await Promise.all(
    Array.from({ length: SLOW }, (_, n) => Peer.member(url, `slow-${n}`)),
  );
  // The first messages warm up what every server has, slow readers or not.
  for (let n = 1; n <= 200; n += 1) {
    await writer.ask({ type: 'send', room: 'general', text: TEXT });
  }
  const before = memoryOf(pid);
  for (const peer of slow) peer.socket.pause();

  let longest = 0;
  let most = 0;
  for (let n = 201; n <= MESSAGES; n += 20) {
    const sent = performance.now();
    await Promise.all(
      Array.from({ length: 20 }, () => writer.ask({ type: 'send', room: 'general', text: TEXT })),
    );
    await reader.seen(({ type, seq }) => type === 'message' && seq === n + 19);
    longest = Math.max(longest, performance.now() - sent);
    most = Math.max(most, memoryOf(pid));
  }
  assert.deepEqual(
    reader.all('message').map(({ seq }) => seq),
    Array.from({ length: MESSAGES }, (_, n) => n + 1),
  );
  assert.ok(longest < 2_000, `twenty messages took ${longest} ms`);
  const more = most - before;
  assert.ok(
    more < MORE_MEMORY,
    `${Math.round(more / 1024 / 1024)} MB more for ${SLOW} slow readers`,
  );

  const told = reader.all('disconnected');
  assert.deepEqual([...new Set(told.map(({ reason }) => reason))], ['slow']);
  assert.deepEqual(
    new Set(told.map(({ user }) => Object(user).id)),
    new Set(slow.map((peer) => personOf(peer).id)),
  );
});

test('2.G5 8.3 nobody waits for the slow: who is cut off reads 4408, and catches up when it returns', async (t) => {
  const { url } = await serve(t, temporaryFolder());
  const writer = await Peer.member(url, 'writer');
  const slow = await Peer.member(url, 'slow');
  slow.socket.pause();
  let said = 0;
  while (writer.all('disconnected').length === 0) {
    await Promise.all(
      Array.from({ length: 20 }, () => writer.ask({ type: 'send', room: 'general', text: TEXT })),
    );
    said += 20;
    assert.ok(said < 5_000, 'the slow reader was never cut off');
  }
  slow.socket.resume();
  assert.equal((await within(slow.closed, 'the slow reader to be closed')).code, 4408);
  const seen = slow.all('message').map(({ seq }) => Number(seq));
  const last = seen.length;
  assert.deepEqual(
    seen,
    Array.from({ length: last }, (_, n) => n + 1),
  );

  const back = await Peer.open(url);
  await back.ask({ type: 'hello', token: slow.welcome.token });
  const { catchUp, events, head } = await back.ask({ type: 'join', room: 'general', after: last });
  assert.deepEqual([catchUp, head, Object(events).length], ['replayed', said, said - last]);
});
