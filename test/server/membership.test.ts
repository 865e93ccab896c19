import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Frame, Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

const general = { room: 'general' } as const;

/** The person of that peer once more, in a session that has joined nothing. */
async function again(url: string, { welcome }: { readonly welcome: Frame }) {
  const peer = await Peer.open(url);
  return Object.assign(peer, { welcome: await peer.ask({ type: 'hello', token: welcome.token }) });
}

function roomsOf({ rooms }: Frame): string[] {
  return Object(rooms).map(({ room }: { room: string }) => room);
}

/** Whether the list of rooms says that this person is a member. */
async function isMember(peer: Peer): Promise<unknown> {
  const { rooms } = await peer.ask({ type: 'rooms', query: 'general' });
  return Object(rooms)[0].joined;
}

test('3.8 4.10 who closes its socket stays a member, and hears the room once it joins again', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await ann.close();
  const back = await again(url, ann);
  assert.deepEqual(roomsOf(back.welcome), ['general']);
  await bob.ask({ type: 'send', ...general, text: 'unheard' });
  await back.settled();
  assert.deepEqual(back.all('message'), []);
  await back.ask({ type: 'join', ...general });
  await bob.ask({ type: 'send', ...general, text: 'heard' });
  assert.equal((await back.next('message')).text, 'heard');
});

test('4.11 joined says whether the person is a member, not whether this session is present', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  assert.equal(await isMember(ann), false);
  await ann.ask({ type: 'join', ...general });
  await ann.close();
  const back = await again(url, ann);
  assert.equal(await isMember(back), true);
  await back.ask({ type: 'leave', ...general });
  assert.equal(await isMember(back), false);
});

test('4.9 a member that is not present in this session can leave', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  await ann.close();
  const back = await again(url, ann);
  const { ref: _, ...reply } = await back.ask({ type: 'leave', ...general });
  assert.deepEqual(reply, { type: 'ok', ...general });
  assert.equal((await back.ask({ type: 'leave', ...general })).code, 'not_joined');
  assert.deepEqual(roomsOf((await again(url, ann)).welcome), []);
});

test('4.9 who leaves while another session of the person is present takes nothing from it', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const phone = await again(url, ann);
  assert.equal((await phone.ask({ type: 'leave', ...general })).type, 'ok');
  assert.equal((await ann.ask({ type: 'send', ...general, text: 'still here' })).type, 'ok');
  assert.deepEqual(roomsOf((await again(url, ann)).welcome), ['general']);
});

test('4.9 an owner that leaves and comes back is a member, with its read mark at the head', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann', 'ops');
  assert.equal(ann.joined.role, 'owner');
  for (const text of ['one', 'two']) await ann.ask({ type: 'send', room: 'ops', text });
  await ann.ask({ type: 'leave', room: 'ops' });
  const { role, read } = await ann.ask({ type: 'join', room: 'ops' });
  assert.deepEqual({ role, read }, { role: 'member', read: 2 });
});

test('4.12 4.15 who creates a room owns it and is not in it before it joins', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  await ann.ask({ type: 'create', room: 'ops' });
  assert.equal((await ann.ask({ type: 'send', room: 'ops', text: 'a' })).code, 'not_joined');
  assert.equal((await ann.ask({ type: 'join', room: 'ops' })).role, 'owner');
});

test('7.1 whoever is in a room may say something and set the topic, whoever owns it', async (t) => {
  const { url } = await serverFor(t);
  await Peer.member(url, 'ann', 'ops');
  const bob = await Peer.member(url, 'bob', 'ops');
  assert.equal(bob.joined.role, 'member');
  assert.equal((await bob.ask({ type: 'send', room: 'ops', text: 'hi' })).seq, 1);
  assert.equal((await bob.ask({ type: 'setTopic', room: 'ops', topic: 'tea' })).seq, 2);
});
