import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewRoom, Storage } from '../../src/server/storage/storage.ts';
import { ann, bob, furnished, type Kind, message } from './storage.ts';

/** Rooms and who is a member of them. */
export function roomsContract({ open }: Kind): void {
  test('a room is made once, and stays as it was made', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    const room: NewRoom = {
      room: 'ops',
      kind: 'private',
      title: 'Operations',
      at: 1,
      owner: ann.id,
    };
    assert.equal(await storage.createRoom(room), true);
    const other = { ...room, kind: 'public', title: 'Other', owner: bob.id } as const;
    assert.equal(await storage.createRoom(other), false);
    const record = { room: 'ops', kind: 'private', title: 'Operations', topic: '', head: 0 };
    assert.deepEqual(await storage.room('ops'), record);
    assert.deepEqual(await (await again()).room('ops'), record);
  });

  test('two who make the same room at once do not both succeed', async (t) => {
    const { storage } = await open(t);
    await furnished(storage);
    const room = (owner: string): NewRoom => ({
      room: 'x',
      kind: 'public',
      title: '',
      at: 1,
      owner,
    });
    const made = await Promise.all([
      storage.createRoom(room(ann.id)),
      storage.createRoom(room(bob.id)),
    ]);
    assert.deepEqual(made, [true, false]);
    assert.equal((await storage.memberships(bob)).length, 0, 'the second one owns nothing');
  });

  test('the owner is the first member', async (t) => {
    const { storage } = await open(t);
    await furnished(storage);
    await storage.createRoom({ room: 'ops', kind: 'public', title: '', at: 1, owner: ann.id });
    assert.deepEqual(await storage.memberships(ann), [
      { room: 'ops', head: 0, role: 'owner', read: 0, unread: 0, mentions: 0 },
    ]);
    assert.deepEqual(await storage.enter('ops', ann.id, 2), { role: 'owner', read: 0 });
  });

  test('rooms are found by a part of name or title, in any case, by name, up to the limit', async (t) => {
    const { storage } = await open(t);
    const titles = { zebra: '', general: 'Tea & Biscuits', b1: 'ÄRZTE', a1: 'Tea_100%' };
    for (const [room, title] of Object.entries(titles)) {
      await storage.createRoom({ room, kind: 'public', title, at: 1 });
    }
    const found = async (query: string, limit = 10) =>
      (await storage.rooms(query, limit)).map(({ room }) => room);
    assert.deepEqual(await found(''), ['a1', 'b1', 'general', 'zebra']);
    assert.deepEqual(await found('', 2), ['a1', 'b1']);
    assert.deepEqual(await found('EBR'), ['zebra']);
    assert.deepEqual(await found('tEa'), ['a1', 'general']);
    assert.deepEqual(await found('ärzte'), ['b1']);
    assert.deepEqual(await found('%'), ['a1'], 'a wildcard of the database is a character');
    assert.deepEqual(await found('_'), ['a1']);
    assert.deepEqual(await found('nothing'), []);
  });

  test('who enters has read what was said before, and entering again changes nothing', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    await say(storage, 3);
    assert.deepEqual(await storage.enter('general', bob.id, 1), { role: 'member', read: 3 });
    await say(storage, 2);
    assert.deepEqual(await storage.enter('general', bob.id, 2), { role: 'member', read: 3 });
    const [membership] = await (await again()).memberships(bob);
    assert.deepEqual([membership?.read, membership?.head, membership?.unread], [3, 5, 2]);
  });

  test('who leaves is no member, and leaving twice is no error', async (t) => {
    const { storage } = await open(t);
    await furnished(storage);
    await storage.enter('general', ann.id, 1);
    await storage.enter('general', bob.id, 1);
    await storage.leave('general', bob.id);
    await storage.leave('general', bob.id);
    assert.deepEqual(await storage.memberships(bob), []);
    assert.equal((await storage.memberships(ann)).length, 1);
    assert.equal(await storage.markRead('general', bob.id, 1), 0);
    assert.deepEqual(await storage.memberships(bob), [], 'a read mark makes no member');
  });

  test('unread and mentions count what others said after the read mark', async (t) => {
    const { storage } = await open(t);
    await furnished(storage);
    await storage.createRoom({ room: 'aside', kind: 'public', title: '', at: 1 });
    await storage.append(message('general', '@bob long ago'));
    await storage.enter('general', bob.id, 1);
    await storage.enter('aside', bob.id, 1);
    await storage.append(message('general', 'hello'));
    await storage.append(message('general', 'hello @Bob!'));
    await storage.append(message('general', 'hello @bobby, or a@bob.example'));
    await storage.append(message('general', 'I am @bob', { from: bob }));
    await storage.append({ type: 'topicSet', room: 'general', at: 1, from: ann, topic: '@bob' });
    await storage.append(message('aside', 'quiet here'));
    assert.deepEqual(await storage.memberships(bob), [
      { room: 'aside', head: 1, role: 'member', read: 0, unread: 1, mentions: 0 },
      { room: 'general', head: 6, role: 'member', read: 1, unread: 3, mentions: 1 },
    ]);
    assert.deepEqual(await storage.memberships(ann), []);
    await storage.markRead('general', bob.id, 3);
    const [, general] = await storage.memberships(bob);
    assert.deepEqual([general?.unread, general?.mentions], [1, 0]);
  });

  test('a read mark moves forward only, and never past the end', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    await storage.enter('general', bob.id, 1);
    await say(storage, 5);
    assert.equal(await storage.markRead('general', bob.id, 3), 3);
    assert.equal(await storage.markRead('general', bob.id, 2), 3);
    assert.equal(await storage.markRead('general', bob.id, 99), 5);
    await say(storage, 1);
    const [membership] = await (await again()).memberships(bob);
    assert.deepEqual([membership?.read, membership?.unread], [5, 1]);
  });
}

async function say(storage: Storage, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await storage.append(message('general', 'hello'));
}
