import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, memoryOutbox } from '../../src/client/index.ts';
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

test('a client that was closed before its outbox was read stays closed', async () => {
  const { clock, server, client } = makeWorld();
  const outbox = memoryOutbox();
  await outbox.put({ room: 'general', key: 'k', text: 'unsent', at: 1 });
  const ann = client({ outbox });
  ann.close();
  await clock.advance(1_000);
  assert.equal(ann.state.get().status, 'closed');
  assert.deepEqual(ann.joined.get(), []);
  assert.deepEqual(server.commands, []);
});

test('a client that is closed waits for nothing more, whatever it was waiting for', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const waits = new Set<object>();
  const counted: Clock = {
    now: () => clock.now(),
    after(ms, run) {
      const wait = {};
      waits.add(wait);
      const cancel = clock.after(ms, () => {
        waits.delete(wait);
        run();
      });
      return () => {
        waits.delete(wait);
        cancel();
      };
    },
  };
  const { ann, room } = await inGeneral({ clock: counted });
  server.faults.refuse = ({ type }) =>
    type === 'send' ? { code: 'unavailable', message: 'later', retryAfterMs: 60_000 } : undefined;
  room.send('not now');
  server.say({ type: 'typing', room: 'general', user: { id: 'u_bob', name: 'bob' } });
  await clock.advance(500);
  ann.wake();
  assert.ok(waits.size > 3, `only ${waits.size}`);
  ann.close();
  assert.equal(waits.size, 0);
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

test('knows who is present, who is typing and what was read', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  const bob = { id: 'u_bob', name: 'bob' };
  const names = () => room.timeline.get().members.map(({ name }) => name);
  const typing = () => room.timeline.get().typing.map(({ name }) => name);

  server.say({ type: 'connected', room: 'general', user: bob, at: 1 });
  server.say({ type: 'connected', room: 'general', user: bob, at: 1 });
  server.say({ type: 'typing', room: 'general', user: bob });
  await clock.advance(10);
  assert.deepEqual([names(), room.timeline.get().memberCount], [['ann', 'bob'], 2]);
  assert.deepEqual(typing(), ['bob']);
  server.post('general', 'said it', bob);
  await clock.advance(10);
  assert.deepEqual(typing(), [], 'who has spoken types no more');
  server.say({ type: 'typing', room: 'general', user: bob });
  await clock.advance(6_100);
  assert.deepEqual(typing(), [], 'who was silent for 6 s neither');

  server.say({ type: 'disconnected', room: 'general', user: bob, at: 2, reason: 'left' });
  server.say({ type: 'read', room: 'general', seq: 1 });
  await clock.advance(10);
  assert.deepEqual([names(), room.timeline.get().memberCount], [['ann'], 1]);
  assert.equal(room.timeline.get().read, 1);
  server.say({ type: 'presence', room: 'general', memberCount: 5_120 });
  await clock.advance(10);
  assert.equal(room.timeline.get().memberCount, 5_120);
});

test('the read mark goes forward only, one at a time, and after a break', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  for (let n = 1; n <= 9; n += 1) server.post('general', `${n}`);
  await clock.advance(100);
  for (const seq of [1, 2, 3, 2]) room.read(seq);
  await clock.advance(100);
  assert.equal(room.timeline.get().read, 3);
  network.cut();
  room.read(7);
  room.read(99);
  assert.equal(room.timeline.get().read, 9, 'never past the head');
  await clock.advance(1_000);
  const told = server.commands.flatMap((command) => (command.type === 'read' ? [command.seq] : []));
  assert.deepEqual(told, [1, 3, 9]);
});

test('typing is told at most every 3 s', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  for (let key = 0; key < 70; key += 1) {
    room.typing();
    await clock.advance(100);
  }
  assert.equal(server.commands.filter(({ type }) => type === 'typing').length, 3);
});

test('a room that was left stays left', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  const left = room.leave();
  await clock.advance(100);
  await left;
  server.post('general', 'behind your back');
  network.cut();
  await clock.advance(2_000);
  assert.deepEqual([texts(room), room.timeline.get().standing], [[], 'out']);
  const back = room.join();
  await clock.advance(100);
  await back;
  assert.deepEqual(texts(room), ['behind your back']);
});

test('a join that is left before its answer does not come true', async () => {
  const { clock, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  const room = ann.room('ops');
  const joined = assert.rejects(room.join(), { code: 'closed' });
  room.leave();
  await clock.advance(100);
  await joined;
  assert.equal(room.timeline.get().standing, 'out');
});

test('a join that is refused for now is tried again', async () => {
  const { clock, server, client } = makeWorld();
  server.faults.refuse = ({ type }) =>
    type === 'join' && server.commands.length < 4
      ? { code: 'unavailable', message: 'later', retryAfterMs: 500 }
      : undefined;
  const ann = client();
  const joined = ann.room('general').join();
  await clock.advance(2_000);
  await joined;
});

test('a request is answered, refused, or told that the server is away', async () => {
  const { clock, network, server, client } = makeWorld();
  const ann = client();
  await assert.rejects(ann.rooms(), { code: 'disconnected' });
  await clock.advance(100);
  const created = ann.create({ room: 'ops', title: 'Operations' });
  await clock.advance(100);
  assert.equal((await created).title, 'Operations');
  server.faults.refuse = () => ({ code: 'invalid', message: 'no', field: 'room' });
  const refused = assert.rejects(ann.request({ type: 'create', room: '?' }), {
    code: 'invalid',
    field: 'room',
  });
  await clock.advance(100);
  await refused;
  const broken = assert.rejects(ann.rooms('x'), { code: 'disconnected' });
  network.cut();
  await broken;
});

test('a store gives the same value until it changes', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { room } = await inGeneral();
  const { get, subscribe } = room.timeline;
  let changes = 0;
  const stop = subscribe(() => {
    changes += 1;
  });
  const before = get();
  assert.equal(get(), before);
  server.post('general', 'news');
  await clock.advance(100);
  assert.notEqual(get(), before);
  assert.deepEqual(before.messages, [], 'a value that was given stays as it was');
  stop();
  const counted = changes;
  server.post('general', 'more');
  await clock.advance(100);
  assert.equal(changes, counted);
});

test('the rooms that are joined are known, whoever asked for them', async () => {
  const { clock, network, client } = makeWorld();
  const outbox = memoryOutbox();
  await outbox.put({ room: 'ops', key: 'k', text: 'unsent', at: 1 });
  const ann = client({ outbox });
  const names = () => ann.joined.get().map(({ name }) => name);
  let changes = 0;
  ann.joined.subscribe(() => {
    changes += 1;
  });
  await clock.advance(100);
  assert.deepEqual(names(), ['ops'], 'the outbox had something for it');
  ann.room('general').join();
  ann.room('attic');
  await clock.advance(100);
  assert.deepEqual(names(), ['ops', 'general']);
  network.cut();
  await clock.advance(2_000);
  assert.deepEqual([names(), changes], [['ops', 'general'], 2], 'a break changes nothing');
  const left = ann.room('ops').leave();
  assert.deepEqual(names(), ['general']);
  await clock.advance(100);
  await left;
  ann.close();
  assert.deepEqual(names(), []);
});
