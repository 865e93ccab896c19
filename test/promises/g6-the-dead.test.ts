import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAlive } from '../support/keep-alive.ts';
import { Link } from '../support/link.ts';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';

const HEARTBEAT_MS = 200;
const TIMEOUT_MS = 3 * HEARTBEAT_MS;
/** For a machine that has other things to do. */
const SLACK_MS = 1_000;

test('2.G6 6.3 the dead are noticed: whoever vanishes without a word is told of within the timeout', async (t) => {
  const args = ['--heartbeat', `${HEARTBEAT_MS}ms`];
  const { url } = await serve(t, temporaryFolder(), { args });
  const link = await Link.to(t, url);
  const bob = await Peer.member(url, 'bob');
  keepAlive(bob);
  const ann = await Peer.member(link.url, 'ann');
  keepAlive(ann);
  for (let beat = 0; beat < 5; beat += 1) await ann.next('heartbeat');
  assert.deepEqual(bob.all('disconnected'), []);

  link.freeze();
  const vanished = performance.now();
  const { user, reason } = await bob.next('disconnected');
  const waited = performance.now() - vanished;
  assert.deepEqual({ user, reason }, { user: personOf(ann), reason: 'timeout' });
  assert.ok(waited > TIMEOUT_MS - 2 * HEARTBEAT_MS, `told after ${waited} ms already`);
  assert.ok(waited < TIMEOUT_MS + SLACK_MS, `told only after ${waited} ms`);
  assert.equal((await bob.ask({ type: 'join', room: 'general' })).memberCount, 1);

  await bob.ask({ type: 'send', room: 'general', text: 'are you there?' });
  const back = await Peer.open(url);
  await back.ask({ type: 'hello', token: ann.welcome.token });
  const { events } = await back.ask({ type: 'join', room: 'general', after: 0 });
  assert.equal(Object(events).length, 1);
});
