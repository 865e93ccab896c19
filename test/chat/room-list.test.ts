import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createRoomList, type RoomEntry, type RoomList } from '../../src/chat/room-list.ts';
import { type ClientOptions, createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { until } from '../support/until.ts';
import { makeWorld } from '../support/world.ts';

/** A server, and clients that come and go at it. */
async function houseFor(t: TestContext) {
  const { url } = await serverFor(t);
  return (who: Partial<ClientOptions>) => {
    const client = createClient({ url, ...who });
    const list = createRoomList(client);
    t.after(() => client.close());
    return { client, list };
  };
}

/** The list in short: `ops 3 (1)` is three unread, one of which mentions. */
function show(entries: readonly RoomEntry[]): string {
  return entries
    .map(({ room, unread, mentions }) => `${room} ${unread}${mentions > 0 ? ` (${mentions})` : ''}`)
    .join(', ');
}

function shows(list: RoomList, wanted: string): Promise<readonly RoomEntry[]> {
  return until(list, (entries) => show(entries) === wanted, `the list ${wanted}`);
}

async function say(room: { send(text: string): { acked: Promise<unknown> } }, ...texts: string[]) {
  await Promise.all(texts.map((text) => room.send(text).acked));
}

test('the rooms one enters are in it, by name, until one leaves them', async (t) => {
  const arrive = await houseFor(t);
  const { client, list } = arrive({ name: 'ann' });
  assert.deepEqual(list.get(), []);
  await client.room('ops').join();
  await client.room('general').join();
  assert.equal(show(list.get()), 'general 0, ops 0');
  assert.equal(list.get()[0]?.standing, 'live');
  await client.room('general').leave();
  assert.equal(show(list.get()), 'ops 0');
});

test('it counts what others said, and who was named, until it is read', async (t) => {
  const arrive = await houseFor(t);
  const ann = arrive({ name: 'ann' });
  const bob = arrive({ name: 'bob' });
  await ann.client.room('general').join();
  await bob.client.room('general').join();
  await say(bob.client.room('general'), 'one', '@ann two', 'three');
  await shows(ann.list, 'general 3 (1)');
  await say(ann.client.room('general'), 'own words are read');
  await shows(ann.list, 'general 3 (1)');
  assert.equal(show(bob.list.get()), 'general 1');
  ann.client.room('general').read(2);
  await shows(ann.list, 'general 1');
  ann.client.room('general').read(4);
  await shows(ann.list, 'general 0');
});

test('after a restart the same rooms are open, with what came meanwhile', async (t) => {
  const arrive = await houseFor(t);
  const before = arrive({ name: 'ann' });
  const { token } = await before.client.ready();
  assert.ok(token);
  for (const room of ['general', 'ops', 'attic']) await before.client.room(room).join();
  await before.client.room('attic').leave();
  before.client.close();
  const bob = arrive({ name: 'bob' });
  const texts = Array.from({ length: 120 }, (_, n) => (n === 3 ? '@ann' : `${n}`));
  await bob.client.room('ops').join();
  await say(bob.client.room('ops'), ...texts);

  const after = arrive({ token });
  await shows(after.list, 'general 0, ops 120 (1)');
  await after.client.room('ops').join();
  const held = after.client.room('ops').timeline.get().messages.length;
  assert.ok(held < 120, 'more than was loaded');
  await say(bob.client.room('ops'), 'live', '@ann live');
  await shows(after.list, 'general 0, ops 122 (2)');
  await after.client.room('ops').loadOlder(200);
  assert.equal(show(after.list.get()), 'general 0, ops 122 (2)', 'counted in the client now');
  after.client.room('ops').read(122);
  assert.equal(show(after.list.get()), 'general 0, ops 0');
});

test('a room that is left while the server is away stays left', async () => {
  const { clock, network, server, client } = makeWorld();
  const ann = client();
  const list = createRoomList(ann);
  ann.room('general').join();
  ann.room('ops').join();
  await clock.advance(100);
  server.memberships = [
    { room: 'general', head: 0, read: 0, unread: 0, mentions: 0 },
    { room: 'ops', head: 0, read: 0, unread: 0, mentions: 0 },
  ];
  network.cut();
  await ann.room('ops').leave();
  await clock.advance(2_000);
  assert.equal(show(list.get()), 'general 0');
  const leaves = server.commands.filter(({ type }) => type === 'leave');
  assert.deepEqual(
    leaves.map((command) => 'room' in command && command.room),
    ['ops'],
    'and the server is told',
  );
  ann.room('ops').join();
  network.cut();
  await clock.advance(2_000);
  assert.equal(show(list.get()), 'general 0, ops 0', 'until it is entered again');
});

test('what is next is where one is named, then what is unread, from here on and round', async (t) => {
  const arrive = await houseFor(t);
  const ann = arrive({ name: 'ann' });
  const bob = arrive({ name: 'bob' });
  const rooms = ['aa', 'bb', 'cc', 'dd'];
  for (const room of rooms) {
    await ann.client.room(room).join();
    await bob.client.room(room).join();
  }
  assert.equal(ann.list.next('aa'), undefined);
  await say(bob.client.room('aa'), 'a');
  await say(bob.client.room('cc'), 'c');
  await shows(ann.list, 'aa 1, bb 0, cc 1, dd 0');
  const next = [undefined, 'aa', 'bb', 'cc', 'dd'].map((room) => ann.list.next(room));
  assert.deepEqual(next, ['aa', 'cc', 'cc', 'aa', 'aa']);
  await say(bob.client.room('dd'), 'hello @ann');
  await shows(ann.list, 'aa 1, bb 0, cc 1, dd 1 (1)');
  assert.equal(ann.list.next('aa'), 'dd');
  assert.equal(ann.list.next('dd'), 'aa', 'one is in dd already');
});

test('a direct room is at the end, and is read before the others', async () => {
  const { clock, server, client } = makeWorld();
  const ann = client();
  const list = createRoomList(ann);
  server.room('a-direct').kind = 'direct';
  for (const room of ['a-direct', 'bb', 'cc']) ann.room(room).join();
  await clock.advance(100);
  for (const room of ['a-direct', 'bb']) server.post(room, 'hello');
  await clock.advance(100);
  assert.equal(show(list.get()), 'bb 1, cc 0, a-direct 1');
  assert.equal(list.next(undefined), 'a-direct');
  server.post('bb', '@ann');
  await clock.advance(100);
  assert.equal(list.next(undefined), 'bb', 'but not before one who says one’s name');
});

test('an entry is the same object until something in it changes, and so is the list', async (t) => {
  const arrive = await houseFor(t);
  const ann = arrive({ name: 'ann' });
  const bob = arrive({ name: 'bob' });
  for (const room of ['aa', 'bb']) await ann.client.room(room).join();
  const before = ann.list.get();
  await say(ann.client.room('aa'), 'own');
  assert.equal(ann.list.get(), before);
  await bob.client.room('bb').join();
  await say(bob.client.room('bb'), 'b');
  const after = await shows(ann.list, 'aa 0, bb 1');
  assert.equal(after[0], before[0]);
  assert.notEqual(after[1], before[1]);
});

test('a client that was closed leaves the list as it was', async (t) => {
  const arrive = await houseFor(t);
  const { client, list } = arrive({ name: 'ann' });
  await client.room('general').join();
  const before = list.get();
  client.close();
  assert.equal(list.get(), before);
});

test('once closed, it asks nobody any more', async (t) => {
  const arrive = await houseFor(t);
  const { client, list } = arrive({ name: 'ann' });
  await client.room('general').join();
  let changes = 0;
  list.subscribe(() => {
    changes += 1;
  });
  list.close();
  await client.room('ops').join();
  assert.equal(changes, 0);
});
