import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeWorld } from '../support/world.ts';

test('a reader that is too slow hears reset, and then what came last', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  const events = ann.events('message');
  for (let n = 1; n <= 2_500; n += 1) server.post('general', `${n}`);
  await clock.advance(100);
  assert.deepEqual((await events.next()).value, { type: 'reset', why: 'overflow' });
  const kept: number[] = [];
  while (kept.at(-1) !== 2_500) kept.push((await events.next()).value.seq);
  assert.ok(kept.length <= 1_000, `${kept.length} were held`);
  assert.deepEqual(
    kept,
    Array.from({ length: kept.length }, (_, n) => 2_501 - kept.length + n),
  );
});

test('an iterator gives the types that were asked for, from the call on', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann, room } = await inGeneral();
  server.post('general', 'before');
  await clock.advance(100);
  const events = ann.events('topicSet', 'mention');
  const set = room.setTopic('lunch');
  server.post('general', 'not for you');
  server.post('general', 'for you, @Ann');
  room.send('@ann speaks of herself');
  await clock.advance(100);
  assert.equal((await set).seq, 4);
  ann.close();
  const heard = [];
  for await (const event of events) heard.push(event);
  assert.deepEqual(
    heard.map(({ type }) => type),
    ['mention', 'topicSet'],
  );
});

test('a reader that waits gets what comes, in order', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  const events = ann.events('message');
  const waiting = [events.next(), events.next(), events.next()];
  server.post('general', 'one');
  server.post('general', 'two');
  await clock.advance(100);
  ann.close();
  const [one, two, end] = await Promise.all(waiting);
  assert.deepEqual([one?.value.text, two?.value.text, end?.done], ['one', 'two', true]);
});

test('an iterator ends by throwing when the server closed for good', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  const events = ann.events();
  server.post('general', 'last words');
  server.close(4403);
  await clock.advance(100);
  assert.equal((await events.next()).value.type, 'message');
  await assert.rejects(events.next(), { code: 'forbidden', closeCode: 4403 });
  assert.equal((await events.next()).done, true);
});

test('leaving the loop ends the iterator', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  const events = ann.events('message');
  server.post('general', 'one');
  await clock.advance(100);
  for await (const _event of events) break;
  server.post('general', 'two');
  await clock.advance(100);
  assert.equal((await events.next()).done, true);
});
