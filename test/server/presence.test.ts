import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';

test('6.1 6.2 connected comes with the first session of a person, disconnected with the last', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const ann = await Peer.member(url, 'ann');
  const { at, ...came } = await bob.next('connected');
  assert.ok(Number.isInteger(at));
  const user = personOf(ann);
  assert.deepEqual(came, { type: 'connected', room: 'general', user });

  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  await phone.ask({ type: 'join', room: 'general' });
  await ann.close();
  await phone.ask({ type: 'send', room: 'general', text: 'still here' });
  await bob.next('message');
  assert.deepEqual([bob.all('connected').length, bob.all('disconnected').length], [1, 0]);

  await phone.close();
  const { at: _, ...left } = await bob.next('disconnected');
  assert.deepEqual(left, { type: 'disconnected', room: 'general', user, reason: 'closed' });
});

test('6.2 nobody is told of its own coming', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  await ann.settled();
  assert.deepEqual(ann.all('connected'), []);
});

test('6.3 a socket that breaks is disconnected as closed', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const ann = await Peer.member(url, 'ann');
  ann.vanish();
  const { user, reason } = await bob.next('disconnected');
  assert.deepEqual({ user, reason }, { user: personOf(ann), reason: 'closed' });
});

test('6.2 presence is a room’s own: who is in two is told of to both', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob', 'ops');
  const cleo = await Peer.member(url, 'cleo', 'cake');
  const ann = await Peer.member(url, 'ann', 'ops');
  await ann.ask({ type: 'join', room: 'cake' });
  await ann.close();
  const told = await Promise.all([bob.next('disconnected'), cleo.next('disconnected')]);
  assert.deepEqual(
    told.map(({ room }) => room),
    ['ops', 'cake'],
  );
});

test('6.4 over 200 present there are only counts, at most one a second', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { storage: new MemoryStorage(), clock });
  const ann = await Peer.member(url, 'ann');
  const crowd = await Promise.all(
    Array.from({ length: 199 }, (_, n) => Peer.member(url, `person-${n}`)),
  );
  for (const peer of crowd) {
    const { id } = personOf(peer);
    await ann.seen(({ type, user }) => type === 'connected' && Object(user).id === id);
  }
  assert.equal(ann.all('connected').length, 199);

  const late = [];
  for (let n = 0; n < 10; n += 1) late.push(await Peer.member(url, `late-${n}`));
  clock.advance(0);
  const first = await ann.next('presence');
  assert.deepEqual(first, { type: 'presence', room: 'general', memberCount: 210 });
  late.push(await Peer.member(url, 'latest'));
  clock.advance(999);
  await ann.settled();
  assert.equal(ann.all('presence').length, 1);
  clock.advance(1);
  assert.equal((await ann.next('presence')).memberCount, 211);

  await Promise.all(late.slice(0, 5).map((peer) => peer.close()));
  clock.advance(1_000);
  assert.equal((await ann.next('presence')).memberCount, 206);
  assert.equal(ann.all('connected').length, 199);
  assert.equal(ann.all('disconnected').length, 0);

  await Promise.all(late.slice(5).map((peer) => peer.close()));
  const [someone] = crowd;
  await someone?.close();
  const { user } = await ann.next('disconnected');
  assert.ok(someone !== undefined);
  assert.deepEqual(user, personOf(someone));
});

test('6.1 coming and going takes no seq, and is not replayed', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const ann = await Peer.member(url, 'ann');
  await ann.close();
  await bob.next('disconnected');
  const { head, events } = await bob.ask({ type: 'join', room: 'general', after: 0 });
  assert.deepEqual({ head, events }, { head: 0, events: [] });
});
