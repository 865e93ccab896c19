import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { type CountedSocket, CountingDoor } from '../support/counting-door.ts';

/** What it costs that many come or go at once, counted, so that no clock can blur it. */

const MEMBERS = 1_000;
/** Twice as many may cost so much more: with the square it would be four times. */
const MOST = 2.3;
const ROOM = 'general';
/** So many come or go at a time, and everyone is told before the next do. */
const AT_ONCE = 20;
const TURNS_OF_A_PASS = 18;
/** Time that a storm takes, however many it is made of. */
const STORM_MS = 2_000;

const storms = {
  join: (socket: CountedSocket) => socket.say(`{"type":"join","ref":1,"room":"${ROOM}"}`),
  leave: (socket: CountedSocket) => socket.say(`{"type":"leave","ref":1,"room":"${ROOM}"}`),
  'come back': (socket: CountedSocket) =>
    socket.say(`{"type":"join","ref":1,"room":"${ROOM}","after":0}`),
  vanish: (socket: CountedSocket) => socket.destroy(),
};

test('6.4 to come and to go at once costs twice as much where twice as many do', async (t) => {
  const few = await CountingDoor.with(t, ROOM);
  const many = await CountingDoor.with(t, ROOM);
  const [small, large] = [await crowd(few, MEMBERS), await crowd(many, 2 * MEMBERS)];
  for (const [what, act] of Object.entries(storms)) {
    await t.test(`when all ${what}`, async (t) => {
      const less = await few.writtenIn(() => storm(few, small, act));
      const more = await many.writtenIn(() => storm(many, large, act));
      const left = what === 'join' || what === 'come back' ? 1 : 0;
      assert.equal(few.hub.presentIn(ROOM), left * MEMBERS);
      assert.equal(many.hub.presentIn(ROOM), left * 2 * MEMBERS);
      t.diagnostic(`${MEMBERS}: ${JSON.stringify(less)}, twice as many: ${JSON.stringify(more)}`);
      for (const count of ['writes', 'bytes', 'encodes'] as const) {
        assert.ok(less[count] > 0, `no ${count} at all`);
        const times = more[count] / less[count];
        assert.ok(times <= MOST, `${times.toFixed(2)} times as many ${count}`);
      }
    });
  }
});

/** Everybody is signed in, and nowhere yet. */
async function crowd(door: CountingDoor, members: number): Promise<CountedSocket[]> {
  const sockets = Array.from({ length: members }, () => door.open());
  for (const [n, socket] of sockets.entries()) {
    socket.say(`{"type":"hello","name":"member-${n}"}`);
  }
  await door.settled();
  return sockets;
}

async function storm(
  door: CountingDoor,
  sockets: readonly CountedSocket[],
  act: (socket: CountedSocket) => void,
): Promise<void> {
  for (const [n, socket] of sockets.entries()) {
    act(socket);
    if ((n + 1) % AT_ONCE !== 0) continue;
    for (let turns = 0; turns < TURNS_OF_A_PASS; turns += 1) await turn();
    door.clock.advance((STORM_MS * AT_ONCE) / sockets.length);
  }
}

test('while connections are still coming in, nobody is signed in', async (t) => {
  const door = await CountingDoor.with(t, ROOM);
  const hello = async (socket: CountedSocket, name: string) => {
    await door.settled();
    socket.say(`{"type":"hello","name":"${name}"}`);
  };
  await hello(door.open(), 'ann');
  const bert = door.open();
  await hello(bert, 'bert');
  for (let n = 0; n < 10; n += 1) {
    door.open();
    await turn();
  }
  const opened = bert.writes.length;
  await door.settled();
  assert.deepEqual([opened, bert.writes.length], [1, 2], 'the upgrade, and then the welcome');
});
