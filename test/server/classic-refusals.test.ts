import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classic, classicFrames, told } from '../support/classic.ts';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

const [SYSTEM, BROADCAST] = [0, 1] as const;

for (const name of ['ann', 'Ann', 'АNN']) {
  test(`9.7 ${name}, a name that a token holds, is refused with a Type 0 sentence`, async (t) => {
    const { url } = await serverFor(t);
    const ann = await Peer.member(url, 'ann');
    const impostor = await classic(url, name);
    const { ID, Content } = await told(impostor, SYSTEM);
    assert.equal(ID, 'server');
    assert.match(Content, /somebody else's.* choose another/);
    assert.equal((await impostor.closed).code, 4401);
    await ann.settled();
    assert.deepEqual(ann.all('connected'), []);
  });
}

test('9.7 a name that nobody could bear, and a room that none could be, are refused', async (t) => {
  const { url } = await serverFor(t);
  const spaced = await classic(url, 'an n');
  assert.match((await told(spaced, SYSTEM)).Content, /without spaces/);
  assert.equal((await spaced.closed).code, 4401);
  const lost = await classic(url, 'ann', 'No%20Room');
  assert.match((await told(lost, SYSTEM)).Content, /"room" takes/);
  assert.equal((await lost.closed).code, 4401);
});

test('9.1 without an id or a room, a guest comes into general', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await Peer.open(url, '/classic');
  const { room, user } = await bob.next('connected');
  assert.equal(room, 'general');
  assert.match(Object(user).name, /^guest_\S{8}$/);
});

test('9.7 one name, without a token, is one person: also on two sockets and on returning', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const first = await classic(url, 'ann');
  const { user } = await bob.next('connected');
  const second = await classic(url, 'ann');
  second.socket.send('hello');
  assert.deepEqual((await bob.next('message')).from, user);
  await first.close();
  await second.close();
  assert.deepEqual((await bob.next('disconnected')).user, user);
  await classic(url, 'ann');
  assert.deepEqual((await bob.next('connected')).user, user);
  assert.equal(bob.all('connected').length, 2);
});

test('9.5 frames that make no sense get Type 0, and the socket goes on', async (t) => {
  const { url } = await serverFor(t);
  const ann = await classic(url, 'ann');
  const bob = await classic(url, 'bob');
  const bad = ['{}', '{"Content":7}', '{"Content":"x","Type":4}', '[1]', '{"Type":1}'];
  for (const frame of bad) ann.socket.send(frame);
  ann.socket.send(Buffer.from('binary'), { binary: true });
  ann.socket.send('x'.repeat(4_001));
  ann.socket.send('a good one');
  await told(bob, BROADCAST, 'a good one');
  await ann.seen(({ Content }) => /longer than 4000/.test(String(Content)));
  const sentences = classicFrames(ann).filter(({ Type }) => Type === SYSTEM);
  assert.equal(sentences.length, bad.length + 2);
  for (const { ID, Content } of sentences) {
    assert.equal(ID, 'server');
    assert.match(Content, /\w+ \w+/);
  }
  assert.equal(classicFrames(bob).filter(({ Type }) => Type === BROADCAST).length, 1);
});

test('9.5 a frame with an empty Content is refused with Type 0', async (t) => {
  const { url } = await serverFor(t);
  const ann = await classic(url, 'ann');
  ann.socket.send('{"Content":""}');
  assert.match((await told(ann, SYSTEM)).Content, /text/);
});

test('7.2 9.5 who sends too much is told with Type 0', async (t) => {
  const { url } = await serverFor(t, { rateLimit: { count: 2, windowMs: 60_000 } });
  const ann = await classic(url, 'ann');
  for (const text of ['one', 'two', 'three']) ann.socket.send(text);
  assert.match((await told(ann, SYSTEM)).Content, /at most 2 messages in 60 s/);
});
