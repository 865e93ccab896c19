import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

const send = { type: 'send', room: 'general', text: 'hello' } as const;
const rate = { rateLimit: { count: 5, windowMs: 10_000 } };

test('7.2 8.1 one person’s sockets share one rate, and are told when to go on', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, rate, { storage: new MemoryStorage(), clock });
  const ann = await Peer.member(url, 'ann');
  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  await phone.ask({ type: 'join', room: 'general' });
  const bob = await Peer.member(url, 'bob');

  for (const peer of [ann, phone, ann, phone, ann]) assert.equal((await peer.ask(send)).type, 'ok');
  for (const peer of [ann, phone]) {
    const { ref: _, message, ...refusal } = await peer.ask(send);
    assert.deepEqual(refusal, { type: 'error', code: 'rate_limited', retryAfterMs: 2_000 });
    assert.match(String(message), /at most 5 messages in 10 s/);
  }
  assert.equal((await bob.ask(send)).type, 'ok');

  clock.advance(1_999);
  assert.equal((await phone.ask(send)).retryAfterMs, 1);
  clock.advance(1);
  assert.equal((await phone.ask(send)).type, 'ok');
  assert.equal((await ann.ask(send)).code, 'rate_limited');
  clock.advance(20_000);
  const answers = await Promise.all(Array.from({ length: 6 }, () => ann.ask(send)));
  assert.deepEqual(
    answers.map(({ type }) => type),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'error'],
  );
  await bob.settled();
  assert.equal(bob.all('message').length, 12);
});

test('7.2 each command that makes something counts, a refused one too; a join of what is there does not', async (t) => {
  const counted = [
    { type: 'setTopic', room: 'general', topic: 'cake' },
    { type: 'create', room: 'ops' },
    { type: 'create', room: 'ops' },
    { type: 'join', room: 'new' },
    { ...send, room: 'ops' },
  ];
  for (const command of counted) {
    const { url } = await serverFor(t, { rateLimit: { count: 1, windowMs: 10_000 } });
    const ann = await Peer.member(url, 'ann');
    assert.notEqual((await ann.ask(command)).code, 'rate_limited', command.type);
    assert.equal((await ann.ask(send)).code, 'rate_limited', command.type);
    assert.equal((await ann.ask({ type: 'join', room: 'another' })).code, 'rate_limited');
    assert.equal((await ann.ask({ type: 'join', room: 'general' })).type, 'ok');
    const { rooms } = await ann.ask({ type: 'rooms', query: 'another' });
    assert.deepEqual(rooms, [], 'what is refused is not done');
  }
});

test('7.2 coming back does not refill the rate', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, rate, { storage: new MemoryStorage(), clock });
  const ann = await Peer.member(url, 'ann');
  for (let n = 0; n < 5; n += 1) await ann.ask(send);
  await ann.close();
  const back = await Peer.open(url);
  await back.ask({ type: 'hello', token: ann.welcome.token });
  await back.ask({ type: 'join', room: 'general' });
  assert.equal((await back.ask(send)).code, 'rate_limited');
});

test('7.2 reading is not rated', async (t) => {
  const { url } = await serverFor(t, rate);
  const ann = await Peer.member(url, 'ann');
  for (let n = 0; n < 20; n += 1) {
    assert.equal((await ann.ask({ type: 'history', room: 'general' })).type, 'ok');
    assert.equal((await ann.ask({ type: 'heartbeat' })).type, 'ok');
  }
});

test('1.5 8.3 bad frames are refused, and the tenth closes the socket with 4400', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  const bad = ['', '{', 'null', '1', '"text"', '[]', '[{"type":"heartbeat"}]', '{"a":1}x'];
  for (const frame of bad) ann.socket.send(frame);
  ann.socket.send(Buffer.from('{"type":"heartbeat"}'), { binary: true });
  await ann.settled();
  const refusals = ann.all('error').map(({ code }) => code);
  assert.deepEqual(
    refusals,
    Array.from({ length: 9 }, () => 'bad_frame'),
  );
  ann.socket.send('}');
  assert.equal((await ann.closed).code, 4400);
  assert.equal(ann.all('error').length, 10);
  assert.equal((await bob.next('disconnected')).reason, 'closed');
});

test('1.5 commands that are only wrong never close the socket', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  for (let n = 0; n < 30; n += 1) {
    assert.equal((await ann.ask({ type: 'send' })).code, 'invalid');
    assert.equal((await ann.ask({ type: 'shout' })).code, 'unknown_type');
  }
  await ann.settled();
});

test('1.6 8.3 a frame over the limit closes the socket with 1009', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const frame = JSON.stringify({ ...send, ref: 'large', padding: '' });
  const padded = frame.replace('""', `"${'x'.repeat(65_536 - frame.length)}"`);
  ann.socket.send(padded);
  await ann.seen(({ ref }) => ref === 'large');
  ann.socket.send(`${padded} `);
  assert.equal((await ann.closed).code, 1009);
});
