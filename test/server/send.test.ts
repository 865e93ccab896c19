import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';

const send = { type: 'send', room: 'general' } as const;

test('1.10 5.1 5.4 everyone in the room, the sender too, gets the same bytes of a message', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  const bytes = [ann, bob].map((peer) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    peer.socket.on('message', (data) => {
      if (String(data).includes('"message"')) resolve(String(data));
    });
    return promise;
  });
  const reply = await ann.ask({ ...send, text: 'hällo ☃', key: 'k1' });
  const { at } = reply;
  assert.deepEqual(reply, { type: 'ok', ref: 'ask-3', room: 'general', seq: 1, at });
  const [annsBytes, bobsBytes] = await Promise.all(bytes);
  assert.equal(annsBytes, bobsBytes);
  assert.deepEqual(JSON.parse(String(annsBytes)), {
    type: 'message',
    room: 'general',
    seq: 1,
    at,
    from: personOf(ann),
    text: 'hällo ☃',
    key: 'k1',
  });
});

test('5.4 a room is told nothing of what is said in another', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann', 'ops');
  const bob = await Peer.member(url, 'bob', 'cake');
  assert.equal((await ann.ask({ ...send, room: 'ops', text: 'deploy' })).seq, 1);
  assert.equal((await bob.ask({ ...send, room: 'cake', text: 'eat' })).seq, 1);
  await Promise.all([ann.settled(), bob.settled()]);
  assert.deepEqual(
    [...ann.all('message'), ...bob.all('message')].map(({ room, text }) => [room, text]),
    [
      ['ops', 'deploy'],
      ['cake', 'eat'],
    ],
  );
});

test('2.G3 5.2 5.4 a repeated key gets the first answer with duplicate, and is said once', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const first = await ann.ask({ ...send, text: 'hello', key: 'k1' });
  await ann.ask({ ...send, text: 'between', key: 'k2' });
  const again = await ann.ask({ ...send, text: 'changed', key: 'k1' });
  assert.deepEqual(again, { ...first, ref: again.ref, duplicate: true });
  assert.deepEqual(
    ann.all('message').map(({ text }) => text),
    ['hello', 'between'],
  );
});

test('2.G3 5.2 a key is its sender’s own, in one room; without one a text may be said twice', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await ann.ask({ ...send, text: 'ann’s', key: 'k1' });
  const { seq, duplicate } = await bob.ask({ ...send, text: 'bob’s', key: 'k1' });
  assert.deepEqual({ seq, duplicate }, { seq: 2, duplicate: undefined });
  await ann.ask({ type: 'join', room: 'ops' });
  assert.equal((await ann.ask({ ...send, room: 'ops', text: 'ann’s', key: 'k1' })).seq, 1);
  const twice = [
    await ann.ask({ ...send, text: 'again' }),
    await ann.ask({ ...send, text: 'again' }),
  ];
  assert.deepEqual(
    twice.map((reply) => [reply.seq, reply.duplicate]),
    [
      [3, undefined],
      [4, undefined],
    ],
  );
});

test('5.3 a reply names the message it answers, which must exist', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  await ann.ask({ ...send, text: 'question' });
  const beyond = await ann.ask({ ...send, text: 'to nothing', replyTo: 2 });
  assert.equal(beyond.code, 'not_found');
  assert.equal((await ann.ask({ ...send, text: 'answer', replyTo: 1 })).seq, 2);
  const messages = ann.all('message');
  assert.deepEqual(
    messages.map(({ replyTo }) => replyTo),
    [undefined, 1],
  );
});

test('5.3 files may only be empty', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const { code, field } = await ann.ask({ ...send, text: 'see', files: ['plan.pdf'] });
  assert.deepEqual({ code, field }, { code: 'invalid', field: 'files' });
  assert.equal((await ann.ask({ ...send, text: 'see', files: [] })).type, 'ok');
});

test('4.15 sending where one is not is not_joined, or not_found where there is no room', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  assert.equal((await ann.ask({ ...send, text: 'hello' })).code, 'not_joined');
  assert.equal((await ann.ask({ ...send, room: 'nowhere', text: 'hello' })).code, 'not_found');
});

test('1.12 5.1 text is 1 to 4,000 characters, counted as people count them', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const { code, field } = await ann.ask({ ...send, text: 'x'.repeat(4_001) });
  assert.deepEqual({ code, field }, { code: 'too_long', field: 'text' });
  assert.equal((await ann.ask({ ...send, text: '' })).code, 'invalid');
  assert.equal((await ann.ask({ ...send, text: 'x'.repeat(4_000) })).type, 'ok');
  assert.equal((await ann.ask({ ...send, text: '😀'.repeat(4_000) })).type, 'ok');
});

test('1.8 a command without a ref gets no ok, and its error carries none', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  ann.send({ ...send, text: 'quietly' });
  ann.send({ ...send, text: '' });
  await ann.settled();
  assert.equal(ann.all('message').length, 1);
  assert.deepEqual(
    ann.all('error').map((error) => 'ref' in error),
    [false],
  );
  assert.equal(ann.all('ok').length, 2);
});

test('1.4 unknown fields are ignored, an unknown type is refused by name', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  assert.equal((await ann.ask({ ...send, text: 'hello', colour: 'red' })).type, 'ok');
  const { code, message } = await ann.ask({ type: 'shout' });
  assert.equal(code, 'unknown_type');
  assert.match(String(message), /"shout"/);
});
