import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Bus } from '../../../src/server/bus/bus.ts';
import { LocalBus } from '../../../src/server/bus/local.ts';
import { Room } from '../../../src/server/rooms/room.ts';
import { MemoryStorage } from '../../../src/server/storage/memory.ts';
import { type Storage, StorageFailure } from '../../../src/server/storage/storage.ts';
import { User } from '../../../src/server/user.ts';
import { ann, message } from '../../contracts/storage.ts';
import { FakeClock } from '../../support/clock.ts';
import { LossyBus } from '../../support/lossy-bus.ts';
import { ListeningMember } from '../../support/member.ts';
import { type Dice, diceFor } from '../../support/seed.ts';
import { silentLog } from '../../support/server.ts';

const EVENTS = 400;

test('2.G2 on every node, for every member, in order and without a gap, whatever the bus loses, repeats and reorders', async (t) => {
  const dice = diceFor(t);
  for (let round = 0; round < 20; round += 1) await liveThrough(dice);
});

test('2.G2 a gap that the storage cannot fill yet is filled later, and nobody sees what is behind it before', async () => {
  const clock = new FakeClock();
  const storage = await storageWithRoom();
  let failing = false;
  const flaky = instead(storage, 'events', (...args) =>
    failing ? Promise.reject(new StorageFailure('not now')) : storage.events(...args),
  );
  const room = await roomOn(flaky, new LocalBus(), clock);
  const member = await joined(room, 'u_1');
  await storage.append(message('general', 'one'));
  const { seq } = await storage.append(message('general', 'two'));
  failing = true;
  room.deliver({ ...message('general', 'two'), seq });
  await setImmediate();
  assert.deepEqual(member.seqs, [0]);
  clock.advance(999);
  await setImmediate();
  failing = false;
  assert.deepEqual(member.seqs, [0], 'it is not asked again at once');
  clock.advance(1);
  await member.reached(2);
  assert.deepEqual(member.seqs, [0, 1, 2]);
});

test('2.G2 4.7 what the storage has and nobody was told yet comes live, and not with the answer too', async () => {
  const storage = await storageWithRoom();
  for (let n = 1; n <= 50; n += 1) await storage.append(message('general', 'x'.repeat(100)));
  const room = await roomOn(storage, new LocalBus(), new FakeClock());
  await storage.append(message('general', 'stored, on its way here'));
  const member = await joined(room, 'u_1', { after: 10, epoch: storage.epoch });
  assert.equal(member.seqs.at(-1), 50);
  room.hear(51);
  await member.reached(51);
  assert.deepEqual(member.seqs.slice(-3), [49, 50, 51]);
});

test('2.G1 nobody is told of an event before it is stored, and nobody of one that was not', async () => {
  const storage = await storageWithRoom();
  const { promise: stored, resolve: store } = Promise.withResolvers<void>();
  let failing = false;
  const slow = instead(storage, 'append', async (draft) => {
    await stored;
    if (failing) throw new StorageFailure('full');
    return storage.append(draft);
  });
  const room = await roomOn(slow, new LocalBus(), new FakeClock());
  const member = await joined(room, 'u_1');
  const publishing = room.publish(message('general', 'hello'));
  await setImmediate();
  assert.deepEqual(member.seqs, [0]);
  store();
  await publishing;
  await member.reached(1);

  failing = true;
  await assert.rejects(room.publish(message('general', 'lost')), StorageFailure);
  await setImmediate();
  assert.deepEqual(member.seqs, [0, 1]);
});

/** One node writes, another one hears of it through a bad bus while people come in. */
async function liveThrough(dice: Dice): Promise<void> {
  const storage = await storageWithRoom();
  const bus = new LossyBus(dice);
  const clock = new FakeClock();
  const here = await roomOn(storage, bus, clock);
  const members = [{ member: await joined(here, 'u_first'), from: 0 }];
  for (let n = 1; n <= EVENTS; n += 1) {
    const { seq } = await storage.append(message('general', `${n}`));
    bus.publish({ ...message('general', `${n}`), seq });
    if (dice.chance(10)) await setImmediate();
    if (dice.chance(3)) {
      const after = dice.below(here.head + 1);
      const since = { after, epoch: storage.epoch };
      const member = await joined(here, `u_${n}`, dice.chance(70) ? since : undefined);
      members.push({ member, from: member.seqs[0] ?? after + 1 });
    }
  }
  here.hear(EVENTS);
  for (const { member, from } of members) {
    await member.reached(EVENTS);
    const expected = Array.from({ length: EVENTS - from + 1 }, (_, n) => from + n);
    assert.deepEqual(member.seqs, expected);
  }
  assert.ok(bus.lost > 0 && bus.repeated > 0 && bus.overtaken > 0, 'the bus behaved too well');
}

/** The same storage with another way of doing one thing. */
function instead<Name extends keyof Storage>(
  storage: Storage,
  name: Name,
  other: Storage[Name],
): Storage {
  return new Proxy(storage, {
    get(target, wanted: keyof Storage) {
      if (wanted === name) return other;
      const own = target[wanted];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

async function storageWithRoom(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  await storage.createRoom({ room: 'general', kind: 'public', title: '', at: 1 });
  return storage;
}

async function roomOn(storage: Storage, bus: Bus, clock: FakeClock): Promise<Room> {
  const record = await storage.room('general');
  if (record === undefined) throw new Error('the room is missing');
  const tailBytes = () => 2_000;
  const room = new Room(record, { storage, bus, clock, log: silentLog, tailBytes });
  bus.listen((event) => room.deliver(event));
  return room;
}

async function joined(room: Room, id: string, since?: { after: number; epoch: string }) {
  const member = new ListeningMember();
  const user = new User({ ...ann, id, kind: 'guest', seenAt: 0, hasToken: true });
  member.catchUp(await room.join(member, user, since));
  return member;
}
