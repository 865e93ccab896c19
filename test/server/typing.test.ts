import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';

const typing = { type: 'typing', room: 'general' } as const;

test('5.10 typing is told to the others, not to who types, at most every 3 s a person', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { storage: new MemoryStorage(), clock });
  const ann = await Peer.member(url, 'ann');
  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  await phone.ask({ type: 'join', room: 'general' });
  const bob = await Peer.member(url, 'bob');

  assert.equal((await ann.ask(typing)).type, 'ok');
  assert.deepEqual(await bob.next('typing'), { ...typing, user: personOf(ann) });
  await ann.ask(typing);
  await phone.ask(typing);
  clock.advance(2_999);
  await ann.ask(typing);
  await bob.ask(typing);
  await bob.settled();
  assert.equal(bob.all('typing').length, 1);
  assert.deepEqual((await ann.next('typing')).user, personOf(bob));

  clock.advance(1);
  await phone.ask(typing);
  await bob.next('typing');
  await Promise.all([ann.settled(), phone.settled()]);
  assert.equal(bob.all('typing').length, 2);
  assert.equal(ann.all('typing').length, 1);
  assert.equal(phone.all('typing').length, 1);
});

test('6.1 typing is never kept', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  await ann.ask(typing);
  const { joined } = await Peer.member(url, 'bob');
  assert.deepEqual([joined.head, joined.messages], [0, []]);
});

test('4.15 typing where one is not is not_joined or not_found', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  assert.equal((await ann.ask(typing)).code, 'not_joined');
  assert.equal((await ann.ask({ ...typing, room: 'nowhere' })).code, 'not_found');
});
