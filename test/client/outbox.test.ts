import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryOutbox, type OutboxStorage } from '../../src/client/index.ts';
import type { ModelServer } from '../support/model-server.ts';
import { seeded } from '../support/seed.ts';
import { makeWorld, texts } from '../support/world.ts';

function sends(server: ModelServer) {
  return server.commands.filter((command) => command.type === 'send');
}

test('2.G3 8.4 what the break left unanswered goes again with the same key, and is one message', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  server.faults.answer = ({ type }, now) => type !== 'send' && now();
  const { key, acked } = room.send('once');
  await clock.advance(1);
  assert.equal(server.messages('general').length, 1, 'the server has it');
  network.cut();
  server.faults.answer = (_command, now) => now();
  await clock.advance(2_000);

  assert.equal((await acked).seq, 1);
  assert.deepEqual(texts(room), ['once']);
  assert.equal(server.messages('general').length, 1);
  for (const sent of sends(server)) assert.equal(sent.key, key);
});

test('seeing the own message in the room is a receipt as good as the answer', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  server.faults.answer = ({ type }, now) => type !== 'send' && now();
  const { acked } = room.send('seen');
  await clock.advance(100);
  assert.equal((await acked).seq, 1);
  assert.deepEqual(texts(room), ['seen']);
});

test('a message that only a lost history had is not shown as sent', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  server.faults.deliver = () => {};
  const { acked } = room.send('taken');
  await clock.advance(100);
  await acked;
  assert.deepEqual(texts(room), ['taken'], 'before the room has seen it');
  server.restoreBackup(1);
  server.close(1012);
  await clock.advance(1_000);
  assert.deepEqual(texts(room), []);
});

test('a network that is away leaves a message pending, for however long', async () => {
  const { clock, network, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  network.up = false;
  network.cut();
  const { acked } = room.send('patience');
  await clock.advance(3_600_000);
  assert.deepEqual(texts(room), ['[pending] patience']);
  network.up = true;
  await clock.advance(60_000);
  assert.deepEqual(texts(room), ['patience']);
  await acked;
});

test('a refusal fails the message, and retry sends it again with its key', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  server.faults.refuse = ({ type }) =>
    type === 'send' ? { code: 'muted', message: 'not now' } : undefined;
  const { key, acked } = room.send('may I');
  const refused = assert.rejects(acked, { code: 'muted', message: 'not now' });
  await clock.advance(100);
  await refused;
  const [failed] = room.timeline.get().messages;
  assert.equal(failed?.state === 'failed' && failed.why.code, 'muted');

  server.faults.refuse = () => undefined;
  const again = room.retry(key);
  assert.deepEqual(texts(room), ['[pending] may I']);
  await clock.advance(100);
  assert.equal((await again.acked).seq, 1);
  assert.deepEqual(texts(room), ['may I']);
  assert.equal(again.key, key);
});

test('discard takes a failed message away, and out of the storage', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const outbox = memoryOutbox();
  const { room } = await inGeneral({ outbox });
  server.faults.refuse = ({ type }) =>
    type === 'send' ? { code: 'too_long', message: 'shorter' } : undefined;
  const { key } = room.send('word');
  await clock.advance(100);
  assert.equal((await outbox.load())[0]?.refused?.code, 'too_long');
  await room.discard(key);
  assert.deepEqual(texts(room), []);
  assert.deepEqual(await outbox.load(), []);
  assert.throws(() => room.retry(key), { code: 'conflict' });
});

test('what was never on its way can be discarded, what may have arrived cannot', async () => {
  const { clock, network, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  const flying = room.send('gone');
  await clock.advance(0);
  network.up = false;
  network.cut();
  const waiting = room.send('still here');
  const dropped = assert.rejects(waiting.acked, { code: 'outbox' });
  await assert.rejects(room.discard(flying.key), { code: 'conflict' });
  await room.discard(waiting.key);
  await dropped;
  assert.deepEqual(texts(room), ['[pending] gone']);
});

test('unavailable and rate_limited are waited for, and the order is kept', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  const open = clock.now() + 5_000;
  server.faults.refuse = ({ type }) => {
    if (type !== 'send' || clock.now() >= open) return undefined;
    return { code: 'rate_limited', message: 'slowly', retryAfterMs: 1_000 };
  };
  const words = Array.from({ length: 40 }, (_, n) => `word ${n}`);
  for (const word of words) room.send(word);
  await clock.advance(4_900);
  assert.deepEqual(
    texts(room),
    words.map((word) => `[pending] ${word}`),
  );
  assert.equal(sends(server).length, 16 + 4, 'after the first refusals, one asks for all');
  await clock.advance(3_000);
  assert.deepEqual(texts(room), words);
});

test('messages go in the order they were written, across breaks', async () => {
  const { clock, network, server, inGeneral } = makeWorld(() => 20);
  const { room } = await inGeneral();
  const words = Array.from({ length: 100 }, (_, n) => `word ${n}`);
  for (const [n, word] of words.entries()) {
    room.send(word);
    if (n % 9 === 0) await clock.advance(10);
    if (n % 31 === 30) network.cut();
  }
  await clock.advance(10_000);
  assert.deepEqual(
    server.messages('general').map(({ text }) => text),
    words,
  );
  assert.deepEqual(texts(room), words);
});

test('a message is in the storage before it is sent', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const stored = Promise.withResolvers<void>();
  const outbox: OutboxStorage = { ...memoryOutbox(), put: () => stored.promise };
  const { room } = await inGeneral({ outbox });
  room.send('first');
  await clock.advance(10_000);
  assert.deepEqual(texts(room), ['[pending] first']);
  assert.equal(sends(server).length, 0);
  stored.resolve();
  await clock.advance(100);
  assert.deepEqual(texts(room), ['first']);
});

test('a quick write does not overtake a slow one', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const slow = Promise.withResolvers<void>();
  const outbox = memoryOutbox();
  const put: OutboxStorage['put'] = ({ text }) =>
    text === 'slow' ? slow.promise : Promise.resolve();
  const { room } = await inGeneral({ outbox: { ...outbox, put } });
  room.send('slow');
  room.send('quick');
  await clock.advance(100);
  slow.resolve();
  await clock.advance(100);
  assert.deepEqual(
    server.messages('general').map(({ text }) => text),
    ['slow', 'quick'],
  );
});

test('a message that cannot be stored has failed, and the storage’s error is told', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const full = new Error('disk full');
  const put = () => Promise.reject(full);
  const { room } = await inGeneral({ outbox: { ...memoryOutbox(), put } });
  const { acked } = room.send('no room');
  const failed = assert.rejects(acked, { code: 'outbox', cause: full });
  await clock.advance(100);
  await failed;
  assert.deepEqual(texts(room), ['[failed] no room']);
  assert.equal(sends(server).length, 0);
});

test('the outbox survives a restart: unsent first, refused kept, then what is new', async () => {
  const { clock, network, server, client, inGeneral } = makeWorld();
  const outbox = memoryOutbox();
  const { ann, room } = await inGeneral({ outbox });
  const state = ann.state.get();
  const token = state.status === 'online' ? state.token : undefined;
  server.faults.refuse = ({ type }) =>
    type === 'send' ? { code: 'muted', message: 'not now' } : undefined;
  room.send('refused');
  await clock.advance(100);
  server.faults.refuse = () => undefined;
  network.up = false;
  network.cut();
  const keys = [room.send('one').key, room.send('two').key];
  await clock.advance(100);
  ann.close();

  network.up = true;
  const later = client({ outbox, token, random: seeded(2) });
  const again = later.room('general');
  again.send('three');
  await clock.advance(1_000);
  assert.deepEqual(texts(again), ['one', 'two', 'three', '[failed] refused']);
  assert.deepEqual(
    sends(server)
      .slice(1, 3)
      .map(({ key }) => key),
    keys,
  );
  assert.deepEqual(
    (await outbox.load()).map(({ text }) => text),
    ['refused'],
  );
});

test('an outbox that cannot be read ends it before anything is sent', async () => {
  const { clock, network, client } = makeWorld();
  const cause = new Error('no such disk');
  const ann = client({ outbox: { ...memoryOutbox(), load: () => Promise.reject(cause) } });
  await assert.rejects(ann.ready(), { code: 'outbox', cause });
  await clock.advance(1_000);
  assert.equal(network.dials, 0);
});

test('a room that lets nobody in fails what was to go there', async () => {
  const { clock, server, client } = makeWorld();
  server.faults.refuse = ({ type }) =>
    type === 'join' ? { code: 'not_found', message: 'no such room' } : undefined;
  const ann = client();
  const room = ann.room('secret');
  const refused = assert.rejects(room.send('psst').acked, { code: 'not_found' });
  await clock.advance(100);
  await refused;
  assert.equal(room.timeline.get().standing, 'refused');
  assert.equal(room.timeline.get().why?.code, 'not_found');
  assert.deepEqual(texts(room), ['[failed] psst']);
});

test('the same key is the same message', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  room.send('build 7 failed', { key: 'build-7' });
  room.send('build 7 failed', { key: 'build-7' });
  await clock.advance(100);
  assert.equal(sends(server).length, 1);
  room.send('build 7 failed', { key: 'build-7' });
  await clock.advance(100);
  assert.equal(server.messages('general').length, 1);
  assert.deepEqual(texts(room), ['build 7 failed']);
});

test('an unsent message is the same object until something becomes of it', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  network.cut();
  room.send('kept');
  await clock.advance(1);
  const [before] = room.timeline.get().messages;
  room.send('and another');
  await clock.advance(1);
  const [same, other] = room.timeline.get().messages;
  assert.equal(same, before);
  assert.deepEqual([other?.text, other?.state], ['and another', 'pending']);
  await clock.advance(2_000);
  assert.equal(server.messages('general').length, 2);
  assert.deepEqual(texts(room), ['kept', 'and another']);
});
