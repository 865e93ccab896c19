import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { type Batch, type Parcel, parcelOf } from '../../../src/server/rooms/batch.ts';
import { Fanout, type Member } from '../../../src/server/rooms/fanout.ts';
import { FakeClock } from '../../support/clock.ts';

/** A member whose every write takes a while; it notes what each one brought. */
class Reader implements Member {
  isOpen = true;
  readonly writes: number[][] = [];
  readonly #onWrite: () => void;

  constructor(onWrite: () => void = () => {}) {
    this.#onWrite = onWrite;
  }

  deliver(batch: Batch, skip: number): void {
    this.#onWrite();
    this.writes.push(batch.parcels.slice(skip).map(({ event }) => ('at' in event ? event.at : 0)));
  }
}

/** The turns that a pass takes. */
async function pass(): Promise<void> {
  for (let turns = 0; turns < 18; turns += 1) await turn();
}

test('everything of one turn reaches each member in one write', async () => {
  const { fanout, readers } = crowd(3);
  for (const at of [1, 2, 3]) fanout.push(parcel(at));
  assert.deepEqual(readers[0]?.writes, [], 'nothing is written before the turn ends');
  await turn();
  for (const { writes } of readers) assert.deepEqual(writes, [[1, 2, 3]]);
});

test('a small room waits for nothing: each turn has its write', async () => {
  const { fanout, readers } = crowd(10);
  for (const at of [1, 2, 3]) {
    fanout.push(parcel(at));
    await pass();
  }
  assert.deepEqual(readers[0]?.writes, [[1], [2], [3]]);
});

test('a big room is told at once after a quiet moment, then gathers for one and a half passes’ time', async () => {
  const clock = new FakeClock();
  const writeMs = 0.007;
  const { fanout, readers } = crowd(250, clock, () => clock.spend(writeMs));
  fanout.push(parcel(1));
  await pass();
  assert.deepEqual(readers[249]?.writes, [[1]]);

  fanout.push(parcel(2));
  await pass();
  fanout.push(parcel(3));
  clock.advance(0.5 * 250 * writeMs - 0.1);
  await pass();
  assert.deepEqual(readers[0]?.writes, [[1]], 'still gathering');
  clock.advance(0.2);
  assert.deepEqual(readers[0]?.writes, [[1], [2, 3]]);
});

test('a room gathers for 50 ms at the most, however long a pass takes', async () => {
  const clock = new FakeClock();
  const writeMs = 0.18;
  const { fanout, readers } = crowd(250, clock, () => clock.spend(writeMs));
  fanout.push(parcel(1));
  await pass();
  fanout.push(parcel(2));
  clock.advance(50 - 250 * writeMs - 0.1);
  await pass();
  assert.deepEqual(readers[0]?.writes, [[1]]);
  clock.advance(0.2);
  await pass();
  assert.deepEqual(readers[0]?.writes, [[1], [2]]);
});

test('a pass over many members is cut in 16, so that others have their turn', async () => {
  const { fanout, readers } = crowd(150);
  const served = () => readers.filter(({ writes }) => writes.length > 0).length;
  fanout.push(parcel(1));
  for (const expected of [10, 20, 30]) {
    await turn();
    assert.equal(served(), expected);
  }
});

test('5.4 whoever waits for its own word is served first, and once', async () => {
  const { fanout, readers } = crowd(150);
  const last = readers[149];
  assert.ok(last);
  fanout.push(parcel(1));
  fanout.hurry(last);
  await turn();
  assert.deepEqual(last.writes, [[1]]);
  assert.equal(readers.filter(({ writes }) => writes.length > 0).length, 10);
  fanout.flush();
  for (const { writes } of readers) assert.deepEqual(writes, [[1]]);
});

test('2.G2 what is pushed during a pass comes after it, to everyone, once', async () => {
  const { fanout, readers } = crowd(600);
  fanout.push(parcel(1));
  await turn();
  fanout.push(parcel(2));
  fanout.flush();
  for (const { writes } of readers) assert.deepEqual(writes, [[1], [2]]);
  await turn();
  await turn();
  for (const { writes } of readers) assert.deepEqual(writes, [[1], [2]], 'nothing comes twice');
});

test('2.G2 a flush in the middle of a pass leaves nothing behind that could overtake', async () => {
  const { fanout, readers } = crowd(150);
  fanout.push(parcel(1));
  await turn();
  fanout.push(parcel(2));
  fanout.flush();
  for (const at of [3, 4]) {
    fanout.push(parcel(at));
    await turn();
  }
  await pass();
  await pass();
  for (const { writes } of readers) assert.deepEqual(writes.flat(), [1, 2, 3, 4]);
});

test('4.7 a newcomer gets nothing that was said before it came', async () => {
  const { fanout } = crowd(1);
  const early = new Reader();
  const late = new Reader();
  fanout.push(parcel(1));
  fanout.add(early);
  fanout.push(parcel(2));
  fanout.add(late);
  await turn();
  assert.deepEqual(early.writes, [[2]]);
  assert.deepEqual(late.writes, [], 'not even an empty write');
  fanout.push(parcel(3));
  await turn();
  assert.deepEqual([early.writes, late.writes], [[[2], [3]], [[3]]]);
});

test('4.7 a newcomer in the middle of a pass gets the next one only', async () => {
  const { fanout } = crowd(600);
  fanout.push(parcel(1));
  await turn();
  const late = new Reader();
  fanout.push(parcel(2));
  fanout.add(late);
  fanout.push(parcel(3));
  fanout.flush();
  assert.deepEqual(late.writes, [[3]]);
});

test('a pass ends though more come in at each turn than it serves: what is said meanwhile need not wait', async () => {
  const { fanout, readers } = crowd(150);
  fanout.push(parcel(1));
  await turn();
  fanout.push(parcel(2));
  for (let turns = 0; turns < 40; turns += 1) {
    for (let n = 0; n < 20; n += 1) fanout.add(new Reader());
    await turn();
  }
  assert.deepEqual(readers[0]?.writes, [[1], [2]]);
});

test('4.7 a member that was brought up to date in between does not get it twice', async () => {
  const { fanout } = crowd(1);
  const back = new Reader();
  fanout.add(back);
  fanout.push(parcel(1));
  fanout.add(back);
  fanout.push(parcel(2));
  await turn();
  assert.deepEqual(back.writes, [[2]]);
});

test('4.9 who leaves gets nothing more, not even of a pass under way', async () => {
  const { fanout, readers } = crowd(600);
  const last = readers[599];
  fanout.push(parcel(1));
  await turn();
  if (last !== undefined) fanout.remove(last);
  fanout.flush();
  assert.deepEqual(last?.writes, []);
  assert.equal(fanout.size, 599);
});

test('flush brings everything at once, without a window and without a break', () => {
  const { fanout, readers } = crowd(600);
  fanout.push(parcel(1));
  fanout.push(parcel(2));
  fanout.flush();
  for (const { writes } of readers) assert.deepEqual(writes, [[1, 2]]);
  fanout.flush();
  assert.deepEqual(readers[0]?.writes, [[1, 2]]);
});

function crowd(count: number, clock = new FakeClock(), onWrite?: () => void) {
  const fanout = new Fanout(clock);
  const readers = Array.from({ length: count }, () => new Reader(onWrite));
  for (const reader of readers) fanout.add(reader);
  return { fanout, readers };
}

function parcel(at: number): Parcel {
  return parcelOf({ type: 'connected', room: 'general', user: { id: 'u', name: 'ann' }, at });
}
