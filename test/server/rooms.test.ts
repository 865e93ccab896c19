import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';

test('4.9 6.3 who leaves is told of nothing more, and is no member when it returns', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  const { ref: _, ...reply } = await ann.ask({ type: 'leave', room: 'general' });
  assert.deepEqual(reply, { type: 'ok', room: 'general' });
  const { at, ...told } = await bob.next('disconnected');
  assert.ok(Number.isInteger(at));
  const user = personOf(ann);
  assert.deepEqual(told, { type: 'disconnected', room: 'general', user, reason: 'left' });

  await bob.ask({ type: 'send', room: 'general', text: 'gone?' });
  await bob.ask({ type: 'typing', room: 'general' });
  await ann.settled();
  assert.deepEqual([ann.all('message'), ann.all('typing')], [[], []]);
  const back = await Peer.open(url);
  assert.deepEqual((await back.ask({ type: 'hello', token: ann.welcome.token })).rooms, []);
});

test('4.9 leaving in one session leaves the others of the same person in', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  await phone.ask({ type: 'join', room: 'general' });
  await phone.ask({ type: 'leave', room: 'general' });
  await bob.ask({ type: 'send', room: 'general', text: 'still there?' });
  assert.equal((await ann.next('message')).text, 'still there?');
  await phone.settled();
  assert.equal(phone.all('message').length, 0);
  assert.equal(bob.all('disconnected').length, 0);
});

test('4.9 4.15 leaving a room one is not in is not_joined, or not_found where there is none', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  assert.equal((await ann.ask({ type: 'leave', room: 'general' })).code, 'not_joined');
  assert.equal((await ann.ask({ type: 'leave', room: 'nowhere' })).code, 'not_found');
});

test('4.1 general always exists', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  const { rooms } = await ann.ask({ type: 'rooms' });
  assert.deepEqual(rooms, [
    {
      room: 'general',
      kind: 'public',
      title: '',
      topic: '',
      head: 0,
      memberCount: 0,
      joined: false,
    },
  ]);
});

test('4.11 rooms lists what there is, how far it is, who is there now, and what matches', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  await ann.ask({ type: 'create', room: 'ops', title: 'Operations' });
  await ann.ask({ type: 'join', room: 'ops' });
  await ann.ask({ type: 'setTopic', room: 'ops', topic: 'deploys' });
  await Peer.member(url, 'bob', 'ops');
  const ops = {
    room: 'ops',
    kind: 'public',
    title: 'Operations',
    topic: 'deploys',
    head: 1,
    memberCount: 2,
    joined: true,
  };
  const { rooms } = await ann.ask({ type: 'rooms', query: '' });
  assert.deepEqual(
    Object(rooms).map(({ room }: { room: string }) => room),
    ['general', 'ops'],
  );
  for (const query of ['ops', 'op', 'OPER', 'rations']) {
    assert.deepEqual((await ann.ask({ type: 'rooms', query })).rooms, [ops], query);
  }
  assert.deepEqual((await ann.ask({ type: 'rooms', query: 'cake' })).rooms, []);
});

test('4.2 4.12 who creates a room owns it; a room that exists is a conflict', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  const bob = await Peer.guest(url, 'bob');
  const create = { type: 'create', room: 'ops', kind: 'public', title: 'Operations' };
  const { ref: _, ...reply } = await ann.ask(create);
  assert.deepEqual(reply, { type: 'ok', room: 'ops', kind: 'public', title: 'Operations' });
  assert.equal((await bob.ask({ ...create, title: 'Mine' })).code, 'conflict');
  assert.equal((await ann.ask({ type: 'create', room: 'general' })).code, 'conflict');
  const joined = await bob.ask({ type: 'join', room: 'ops' });
  assert.deepEqual([joined.role, joined.title], ['member', 'Operations']);
  assert.equal((await ann.ask({ type: 'join', room: 'ops' })).role, 'owner');
});

test('4.12 of many who create one room at once, one does', async (t) => {
  const { url } = await serverFor(t);
  const peers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => Peer.guest(url, `person-${n}`)),
  );
  const replies = await Promise.all(peers.map((peer) => peer.ask({ type: 'create', room: 'ops' })));
  assert.equal(replies.filter(({ type }) => type === 'ok').length, 1);
  assert.equal(replies.filter(({ code }) => code === 'conflict').length, 9);
});

test('1.10 4.13 4.14 a topic is an event of the room, with the room’s next seq, and stays', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await ann.ask({ type: 'send', room: 'general', text: 'hello' });
  const { ref: _, ...reply } = await ann.ask({ type: 'setTopic', room: 'general', topic: 'cake' });
  const event = await bob.next('topicSet');
  const { at } = event;
  assert.deepEqual(reply, { type: 'ok', room: 'general', seq: 2, at });
  const from = personOf(ann);
  assert.deepEqual(event, { type: 'topicSet', room: 'general', seq: 2, at, from, topic: 'cake' });
  assert.deepEqual(await ann.next('topicSet'), event);
  assert.equal((await Peer.member(url, 'cleo')).joined.topic, 'cake');
  await ann.ask({ type: 'setTopic', room: 'general', topic: '' });
  assert.equal((await Peer.member(url, 'dan')).joined.topic, '');
});

test('4.15 7.1 only who is in a room sets its topic', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  const topic = { type: 'setTopic', topic: 'cake' };
  assert.equal((await ann.ask({ ...topic, room: 'general' })).code, 'not_joined');
  assert.equal((await ann.ask({ ...topic, room: 'nowhere' })).code, 'not_found');
});

test('4.13 a topic that is set twice is two events', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const topic = { type: 'setTopic', room: 'general', topic: 'cake', key: 'k1' };
  assert.deepEqual([(await ann.ask(topic)).seq, (await ann.ask(topic)).seq], [1, 2]);
});
