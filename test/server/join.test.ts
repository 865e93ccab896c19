import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { StorageFailure } from '../../src/server/storage/storage.ts';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';

test('4.1 4.2 4.3 4.5 a join says what the room is, who is there, and how to go on', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  assert.deepEqual(await ann.ask({ type: 'join', room: 'general' }), {
    type: 'ok',
    ref: 'ask-2',
    room: 'general',
    kind: 'public',
    title: '',
    topic: '',
    head: 0,
    role: 'member',
    read: 0,
    members: [personOf(ann)],
    memberCount: 1,
    catchUp: 'reset',
    messages: [],
    hasOlder: false,
  });
});

test('4.2 joining a room that does not exist creates it, and makes one its owner', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann', 'cake');
  const bob = await Peer.member(url, 'bob', 'cake');
  assert.deepEqual([ann.joined.role, bob.joined.role], ['owner', 'member']);
});

test('4.2 of many who join a new room at once, one owns it', async (t) => {
  const { url } = await serverFor(t);
  const peers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => Peer.guest(url, `person-${n}`)),
  );
  const joins = await Promise.all(peers.map((peer) => peer.ask({ type: 'join', room: 'cake' })));
  assert.equal(joins.filter(({ role }) => role === 'owner').length, 1);
  assert.equal(joins.filter(({ type }) => type === 'ok').length, 10);
});

test('4.1 a room’s name has a form, and what has another is invalid', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  for (const room of ['', 'Ops', '-ops', '.ops', 'o ps', 'ö', 'x'.repeat(65), '../etc']) {
    const { code, field } = await ann.ask({ type: 'join', room });
    assert.deepEqual({ code, field }, { code: 'invalid', field: 'room' }, room);
  }
  for (const room of ['o', '0', 'a.b_c-d', 'x'.repeat(64)]) {
    assert.equal((await ann.ask({ type: 'join', room })).type, 'ok', room);
  }
});

test('4.8 joining again is no error: it fills a gap, and tells nobody', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await ann.next('connected');
  await bob.ask({ type: 'send', room: 'general', text: 'hello' });
  const again = await bob.ask({ type: 'join', room: 'general', after: 0 });
  assert.equal(again.memberCount, 2);
  assert.deepEqual(again.events, [await bob.next('message')]);
  await ann.settled();
  assert.equal(ann.all('connected').length, 1);
  await ann.ask({ type: 'send', room: 'general', text: 'once' });
  await bob.settled();
  assert.deepEqual(
    bob.all('message').map(({ text }) => text),
    ['hello', 'once'],
  );
});

test('4.3 of 205 who are present, members lists 200 and memberCount counts all', async (t) => {
  const { url } = await serverFor(t);
  const people = Array.from({ length: 205 }, (_, n) => `person-${n}`);
  const peers = await Promise.all(people.map((name) => Peer.member(url, name)));
  const [first] = peers;
  assert.ok(first);
  const { members, memberCount } = await first.ask({ type: 'join', room: 'general' });
  assert.equal(memberCount, 205);
  assert.equal(Object(members).length, 200);
  const ids = new Set(Object(members).map(({ id }: { id: string }) => id));
  const known = new Set(peers.map((peer) => personOf(peer).id));
  assert.equal(ids.size, 200);
  assert.ok(ids.isSubsetOf(known));
});

test('4.3 a person with several sessions in a room counts once', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  const { members, memberCount } = await phone.ask({ type: 'join', room: 'general' });
  assert.deepEqual({ members, memberCount }, { members: [personOf(ann)], memberCount: 1 });
});

test('4.2 5.8 a room remembers where its member stopped reading', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  for (const text of ['one', 'two', 'three']) {
    await ann.ask({ type: 'send', room: 'general', text });
  }
  await ann.ask({ type: 'read', room: 'general', seq: 2 });
  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  assert.equal((await phone.ask({ type: 'join', room: 'general' })).read, 2);
  const newcomer = await Peer.member(url, 'bob');
  assert.equal(newcomer.joined.read, 3);
});

test('8.2 a join that the storage cannot serve is unavailable, and one is not in', async (t) => {
  class Broken extends MemoryStorage {
    broken = false;
    override async messages(...args: Parameters<MemoryStorage['messages']>) {
      if (this.broken) throw new StorageFailure('no answer');
      return super.messages(...args);
    }
  }
  const storage = new Broken();
  const { url } = await serverFor(t, {}, { storage });
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.guest(url, 'bob');
  storage.broken = true;
  assert.equal((await bob.ask({ type: 'join', room: 'general' })).code, 'unavailable');
  await ann.settled();
  assert.equal(ann.all('connected').length, 0);
  storage.broken = false;
  assert.equal((await bob.ask({ type: 'join', room: 'general' })).memberCount, 2);
});
