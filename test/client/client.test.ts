import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeWorld, texts } from '../support/world.ts';

test('signs in, joins, sends and hears', async () => {
  const { clock, server, inGeneral } = makeWorld();
  server.post('general', 'before');
  const { ann, room } = await inGeneral();
  assert.equal(ann.state.get().status, 'online');
  assert.deepEqual(texts(room), ['before']);

  const { acked } = room.send('hello');
  assert.deepEqual(texts(room), ['before', '[pending] hello']);
  await clock.advance(100);
  assert.equal((await acked).seq, 2);
  server.post('general', 'hello ann');
  await clock.advance(100);
  assert.deepEqual(texts(room), ['before', 'hello', 'hello ann']);
  assert.equal(room.timeline.get().head, 3);
});

test('comes back by itself, with its token, and catches up', async () => {
  const { clock, server, network, inGeneral } = makeWorld();
  const { ann, room } = await inGeneral();
  server.post('general', 'one');
  await clock.advance(100);

  network.cut();
  assert.equal(ann.state.get().status, 'waiting');
  assert.equal(room.timeline.get().standing, 'joining');
  server.post('general', 'two');
  await clock.advance(1_000);

  assert.equal(ann.state.get().status, 'online');
  assert.deepEqual(texts(room), ['one', 'two']);
  assert.equal(room.timeline.get().resets, 0);
  const [first, second] = server.commands.filter(({ type }) => type === 'hello');
  assert.deepEqual(first, { type: 'hello', ref: 1, name: 'ann' });
  assert.deepEqual(second, { type: 'hello', ref: 1, token: 'token-u_1' });
});
