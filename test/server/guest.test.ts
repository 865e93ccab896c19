import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('3.2 a name beside a token is ignored', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  const again = await Peer.open(url);
  const { token } = ann.welcome;
  const { user } = await again.ask({ type: 'hello', token, name: 'no name at all' });
  assert.deepEqual(user, ann.welcome.user);
});

test('3.5 a guest that was away for 30 days gives its name and its token to whoever asks', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { storage: new MemoryStorage(), clock });
  const ann = await Peer.guest(url, 'ann');
  await ann.close();
  clock.stall(30 * DAY_MS - 1);
  const other = await Peer.open(url);
  assert.equal((await other.ask({ type: 'hello', name: 'ann' })).code, 'name_taken');
  clock.stall(2);
  const heir = await Peer.open(url);
  const { type, user } = await heir.ask({ type: 'hello', name: 'ann' });
  assert.equal(type, 'welcome');
  assert.notDeepEqual(user, ann.welcome.user);
  const back = await Peer.open(url);
  assert.equal((await back.ask({ type: 'hello', token: ann.welcome.token })).code, 'bad_token');
});

test('3.9 unread and mentions stop at 1,000', async (t) => {
  const { url } = await serverFor(t, { data: temporaryFolder() }, {});
  const ann = await Peer.member(url, 'ann');
  await ann.close();
  const bob = await Peer.member(url, 'bob');
  const texts = Array.from({ length: 1_001 }, (_, n) => `${n} for @ann`);
  await Promise.all(texts.map((text) => bob.ask({ type: 'send', room: 'general', text })));
  const back = await Peer.open(url);
  const { rooms } = await back.ask({ type: 'hello', token: ann.welcome.token });
  const counts = { unread: 1_000, mentions: 1_000 };
  assert.deepEqual(rooms, [{ room: 'general', head: 1_001, read: 0, ...counts }]);
});
