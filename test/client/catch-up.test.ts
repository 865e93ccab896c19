import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelServer } from '../support/model-server.ts';
import { makeWorld, texts } from '../support/world.ts';

function joins(server: ModelServer) {
  return server.commands.filter((command) => command.type === 'join');
}

/** Posts `text` where nobody hears it. */
function postUnheard(server: ModelServer, text: string): void {
  const { deliver } = server.faults;
  server.faults.deliver = () => {};
  server.post('general', text);
  server.faults.deliver = deliver;
}

test('2.G2 4.8 a gap is mended by one join, however many events follow it', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  server.post('general', 'one');
  postUnheard(server, 'two');
  for (const text of ['three', 'four', 'five']) server.post('general', text);
  await clock.advance(1);
  assert.deepEqual(texts(room), ['one'], 'nothing is shown out of order');
  await clock.advance(100);
  assert.deepEqual(texts(room), ['one', 'two', 'three', 'four', 'five']);
  const [, mend, ...more] = joins(server);
  assert.deepEqual(mend, {
    type: 'join',
    ref: mend?.ref,
    room: 'general',
    after: 1,
    epoch: 'epoch-1',
  });
  assert.deepEqual(more, []);
});

test('2.G2 a gap that opens while a join is on its way is mended too', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  server.faults.answer = ({ type }, now) => (type === 'join' ? clock.after(50, now) : now());
  postUnheard(server, 'one');
  server.post('general', 'two');
  await clock.advance(10);
  postUnheard(server, 'three');
  server.post('general', 'four');
  await clock.advance(30);
  assert.deepEqual(texts(room), []);
  await clock.advance(200);
  assert.deepEqual(texts(room), ['one', 'two', 'three', 'four']);
  assert.equal(joins(server).length, 3);
});

for (const posts of [1, 1_001]) {
  test(`2.G4 ${posts} events that overtake the answer to the first join are not lost`, async () => {
    const { clock, server, client } = makeWorld();
    server.faults.answer = ({ type }, now) => (type === 'join' ? clock.after(50, now) : now());
    const room = client().room('general');
    const joined = room.join();
    await clock.advance(10);
    for (let n = 1; n <= posts; n += 1) server.post('general', `${n}`);
    await clock.advance(500);
    await joined;
    assert.equal(room.timeline.get().head, posts);
    assert.equal(texts(room).at(-1), `${posts}`);
  });
}

test('2.G2 repeated and swapped events are put right', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  const held: (() => void)[] = [];
  server.faults.deliver = (now) => held.push(now);
  for (const text of ['one', 'two', 'three']) server.post('general', text);
  const [one, two, three] = held;
  for (const deliver of [one, one, three, two, one, three]) deliver?.();
  await clock.advance(100);
  assert.deepEqual(texts(room), ['one', 'two', 'three']);
});

test('2.G2 an event of a later protocol keeps its place in the order', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann, room } = await inGeneral();
  const events = ann.events();
  server.say({
    type: 'message',
    room: 'general',
    seq: 1,
    at: 1,
    from: { id: 'b', name: 'bob' },
    text: 'helo',
  });
  server.say({ type: 'edited', room: 'general', seq: 2, at: 2, target: 1, text: 'hello' });
  server.say({ type: 'sparkle', room: 'general' });
  server.say({
    type: 'message',
    room: 'general',
    seq: 3,
    at: 3,
    from: { id: 'b', name: 'bob' },
    text: 'bye',
  });
  await clock.advance(100);
  assert.deepEqual(texts(room), ['helo', 'bye']);
  assert.equal(room.timeline.get().head, 3);
  assert.equal(joins(server).length, 1, 'no gap was seen');
  const types: string[] = [];
  for (let n = 0; n < 4; n += 1) types.push((await events.next()).value.type);
  assert.deepEqual(types, ['message', 'edited', 'sparkle', 'message']);
});

test('2.G4 away for more than 1,000 events, it starts afresh and says so', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { ann, room } = await inGeneral();
  const events = ann.events('message');
  server.post('general', 'long ago');
  await clock.advance(100);
  network.cut();
  for (let n = 1; n <= 1_001; n += 1) server.post('general', `missed ${n}`);
  await clock.advance(1_000);

  const timeline = room.timeline.get();
  assert.equal(timeline.resets, 1);
  assert.equal(timeline.hasOlder, true);
  assert.equal(timeline.messages.length, 50);
  assert.equal(texts(room)[0], 'missed 952');
  assert.equal(timeline.head, 1_002);
  server.post('general', 'now');
  await clock.advance(100);
  assert.equal(texts(room).at(-1), 'now');
  const heard = [];
  for (let n = 0; n < 3; n += 1) heard.push((await events.next()).value);
  assert.equal(heard[0].text, 'long ago');
  assert.deepEqual(heard[1], { type: 'reset', why: 'catchUp', room: 'general' });
  assert.equal(heard[2].text, 'now');
});

test('2.G4 exactly 1,000 events behind, it has every one of them', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  network.cut();
  for (let n = 1; n <= 1_000; n += 1) server.post('general', `missed ${n}`);
  await clock.advance(1_000);
  assert.equal(room.timeline.get().resets, 0);
  assert.equal(room.timeline.get().messages.length, 1_000);
});

test('2.G4 3.7 another history voids what is held, though its numbers look like old ones', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  for (const text of ['one', 'two', 'lost']) server.post('general', text);
  await clock.advance(100);
  server.restoreBackup(1);
  server.close(1012);
  await clock.advance(1_000);
  assert.deepEqual(texts(room), ['one', 'two']);
  assert.equal(room.timeline.get().resets, 1);
  server.post('general', 'other');
  await clock.advance(100);
  assert.deepEqual(texts(room), ['one', 'two', 'other']);
});

test('older messages are put before those that are held', async () => {
  const { clock, server, inGeneral } = makeWorld();
  for (let n = 1; n <= 120; n += 1) server.post('general', `${n}`);
  const { room } = await inGeneral();
  assert.equal(texts(room).length, 50);
  const both = Promise.all([room.loadOlder(60), room.loadOlder(60)]);
  await clock.advance(100);
  await both;
  assert.equal(texts(room).length, 110, 'two calls at once are one');
  const rest = room.loadOlder(60);
  await clock.advance(100);
  await rest;
  assert.deepEqual(
    texts(room),
    Array.from({ length: 120 }, (_, n) => `${n + 1}`),
  );
  assert.equal(room.timeline.get().hasOlder, false);
});

test('a page that comes after a reset is not put before it', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  for (let n = 1; n <= 60; n += 1) server.post('general', `${n}`);
  const { room } = await inGeneral();
  const older = assert.rejects(room.loadOlder(), { code: 'disconnected' });
  network.cut();
  await older;
  for (let n = 1; n <= 1_100; n += 1) server.post('general', `flood ${n}`);
  await clock.advance(1_000);
  assert.equal(texts(room)[0], 'flood 1051');
});
