import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { type ClassicFrame, classic, classicFrames, told } from '../support/classic.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

const [BROADCAST, HEARTBEAT, CONNECTED, DISCONNECTED] = [1, 2, 3, 4] as const;

async function heldServer(t: TestContext) {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { storage: new MemoryStorage(), clock });
  return { url, clock, second: Math.floor(clock.wall() / 1_000) };
}

function contents(peer: Peer, type: number): string[] {
  const frames = classicFrames(peer).filter(({ Type }) => Type === type);
  return frames.map(({ ID, Content }) => `${ID}: ${Content}`);
}

/** As the demo's client does it: all four fields, the time in seconds. */
function broadcast(ID: string, Content: string): string {
  return JSON.stringify({ ID, Content, SentAt: 1_575_190_189, Type: BROADCAST });
}

test('9.2 9.3 the room gets Type 3 when someone comes, in the demo’s own four fields', async (t) => {
  const { url, second } = await heldServer(t);
  const ann = await classic(url, 'ann');
  const bob = await classic(url, 'bob');
  const expected = { ID: 'bob', Content: 'connected', SentAt: second, Type: CONNECTED };
  assert.deepEqual(await told(ann, CONNECTED), expected);
  bob.socket.send(broadcast('bob', 'hello'));
  await told(ann, BROADCAST);
  assert.deepEqual(contents(ann, CONNECTED), ['bob: connected']);
});

test('9.2 9.4 a Type 1 goes to everyone but its sender, under the sender’s own name', async (t) => {
  const { url, second } = await heldServer(t);
  const [ann, bob, cleo] = [
    await classic(url, 'ann'),
    await classic(url, 'bob'),
    await classic(url, 'cleo'),
  ];
  ann.socket.send(broadcast('somebody else', 'hello'));
  const expected: ClassicFrame = { ID: 'ann', Content: 'hello', SentAt: second, Type: BROADCAST };
  assert.deepEqual(await told(bob, BROADCAST), expected);
  assert.deepEqual(await told(cleo, BROADCAST), expected);
  bob.socket.send(broadcast('bob', 'and you'));
  await told(ann, BROADCAST, 'and you');
  assert.deepEqual(contents(ann, BROADCAST), ['bob: and you']);
});

test('9.4 plain text, and a frame with only Content, are messages too', async (t) => {
  const { url } = await heldServer(t);
  const ann = await classic(url, 'ann');
  const bob = await classic(url, 'bob');
  for (const frame of ['hello there', '{"Content":"only this"}', '42', '"quoted"', '{broken']) {
    ann.socket.send(frame);
  }
  await told(bob, BROADCAST, '{broken');
  assert.deepEqual(
    contents(bob, BROADCAST),
    ['hello there', 'only this', '42', '"quoted"', '{broken'].map((text) => `ann: ${text}`),
  );
});

test('9.3 9.6 Type 2 comes every 5 s', async (t) => {
  const { url, clock } = await heldServer(t);
  const ann = await classic(url, 'ann');
  const bob = await classic(url, 'bob');
  for (let beat = 1; beat <= 6; beat += 1) {
    clock.advance(5_000);
    const SentAt = Math.floor(clock.wall() / 1_000);
    await ann.seen((frame) => frame.Type === HEARTBEAT && frame.SentAt === SentAt);
    for (const peer of [ann, bob]) peer.socket.send(`beat ${beat}`);
    await told(ann, BROADCAST, `beat ${beat}`);
    await told(bob, BROADCAST, `beat ${beat}`);
  }
  assert.equal(classicFrames(ann).filter(({ Type }) => Type === HEARTBEAT).length, 6);
});

test('9.5 9.6 any frame is life, a silence of 15 s is told with Type 4', async (t) => {
  const { url, clock } = await heldServer(t);
  const ann = await classic(url, 'ann');
  const bob = await classic(url, 'bob');
  for (let n = 0; n < 3; n += 1) {
    clock.advance(4_900);
    ann.socket.send('{"Type":2}');
    ann.socket.send(broadcast('ann', `still here ${n}`));
    await told(bob, BROADCAST, `still here ${n}`);
  }
  assert.deepEqual(contents(ann, DISCONNECTED), []);
  clock.advance(600);
  await told(ann, DISCONNECTED);
  assert.deepEqual(contents(ann, DISCONNECTED), ['bob: disconnected']);
  assert.equal((await bob.closed).code, 4408);
  assert.equal(ann.socket.readyState, ann.socket.OPEN);
});

test('9.3 9.6 leaving, with or without a word, is told with Type 4', async (t) => {
  const { url, second } = await heldServer(t);
  const ann = await classic(url, 'ann');
  const bob = await classic(url, 'bob');
  const cleo = await classic(url, 'cleo');
  await bob.close();
  const expected = { ID: 'bob', Content: 'disconnected', SentAt: second, Type: DISCONNECTED };
  assert.deepEqual(await told(ann, DISCONNECTED), expected);
  cleo.vanish();
  await ann.seen((frame) => frame.Type === DISCONNECTED && frame.ID === 'cleo');
});

test('9.1 9.3 9.4 both doors meet in one room', async (t) => {
  const { url } = await heldServer(t);
  const ann = await classic(url, 'ann', 'ops');
  const bob = await Peer.member(url, 'bob', 'ops');
  await told(ann, CONNECTED, 'connected');
  assert.deepEqual(Object(bob.joined.members).length, 2);

  await bob.ask({ type: 'send', room: 'ops', text: 'from the main door', key: 'k1' });
  await bob.ask({ type: 'setTopic', room: 'ops', topic: 'not for the demo' });
  await bob.ask({ type: 'typing', room: 'ops' });
  await bob.ask({ type: 'send', room: 'ops', text: 'the last' });
  await told(ann, BROADCAST, 'the last');
  assert.deepEqual(contents(ann, BROADCAST), ['bob: from the main door', 'bob: the last']);
  assert.equal(ann.frames.length, 3);

  ann.socket.send(broadcast('ann', 'from the classic door'));
  const { from, text } = await bob.seen(({ seq, type }) => type === 'message' && seq === 4);
  assert.deepEqual([Object(from).name, text], ['ann', 'from the classic door']);

  await ann.close();
  const { user, reason } = await bob.next('disconnected');
  assert.deepEqual([Object(user).name, reason], ['ann', 'closed']);
});

test('9.4 who is in no other room hears of none', async (t) => {
  const { url } = await heldServer(t);
  const ann = await classic(url, 'ann', 'ops');
  const bob = await classic(url, 'bob', 'cake');
  const cleo = await classic(url, 'cleo', 'ops');
  bob.socket.send('cake');
  cleo.socket.send('ops');
  await told(ann, BROADCAST);
  assert.deepEqual(contents(ann, BROADCAST), ['cleo: ops']);
});
