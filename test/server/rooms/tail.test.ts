import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tail } from '../../../src/server/rooms/tail.ts';
import { diceFor } from '../../support/seed.ts';
import { often } from '../../support/tools.ts';

const PLENTY = 1_000_000;
const ROOMY = { bytes: PLENTY, events: 1_000 };

test('2.G4 a tail holds what was pushed, from the place it began at', () => {
  const tail = filled(10, 3);
  assert.equal(tail.before, 10);
  assert.deepEqual(texts(tail.since(10)), ['11', '12', '13']);
  assert.deepEqual(texts(tail.since(12)), ['13']);
  assert.deepEqual(texts(tail.since(13)), []);
});

test('2.G4 a tail says so when it does not hold everything', () => {
  assert.equal(filled(10, 3).since(9), undefined);
});

test('a tail keeps to its bytes and to 1,000 events, and has no gap afterwards', () => {
  const bounded = new Tail(0);
  for (let seq = 1; seq <= 500; seq += 1)
    bounded.push(bytes(`${seq}`.padStart(10)), { bytes: 1_000, events: 1_000 });
  const held = 500 - bounded.before;
  assert.ok(held >= 50 && held <= 100, `${held} events of 10 bytes`);
  assertUnbroken(bounded, 500);

  const many = new Tail(0);
  for (let seq = 1; seq <= 5_000; seq += 1) many.push(bytes(`${seq}`), ROOMY);
  assert.ok(5_000 - many.before <= 1_000);
  assert.ok(5_000 - many.before >= 500);
  assertUnbroken(many, 5_000);
});

test('a tail that was allowed more keeps to its bytes again with the next event', () => {
  const tail = filled(0, 500);
  tail.push(bytes('x'), { bytes: 100, events: 1_000 });
  const held = tail.since(tail.before) ?? [];
  assert.ok(held.length > 0 && held.reduce((sum, { length }) => sum + length, 0) <= 100);
});

test('an event larger than the whole tail leaves it empty and in its place', () => {
  const tail = filled(0, 3);
  for (let n = 0; n < 5; n += 1)
    tail.push(bytes('x'.repeat(2_000)), { bytes: 1_000, events: 1_000 });
  assert.equal(tail.since(8)?.length, 0);
  assert.ok(tail.before <= 8);
});

test('older events go before those held, the newest of them first, as far as they fit', () => {
  const tail = filled(10, 2);
  tail.extend([bytes('07'), bytes('08'), bytes('09'), bytes('10')], 4 + 4);
  assert.equal(tail.before, 8);
  assert.deepEqual(texts(tail.since(8)), ['09', '10', '11', '12']);
});

test('what is pushed after older events were put before it drops a quarter, and not all of them', () => {
  const tail = new Tail(1_000);
  const older = Array.from({ length: 1_000 }, (_, n) => bytes(`${n + 1}`));
  tail.extend(older, PLENTY);
  tail.push(bytes('1001'), ROOMY);
  assert.equal(tail.before, 251);
  assertUnbroken(tail, 1_001);
});

test('older events of which none fits change nothing', () => {
  const tail = filled(10, 2);
  tail.extend([bytes('x'.repeat(100))], 50);
  assert.equal(tail.before, 10);
  assert.deepEqual(texts(tail.since(10)), ['11', '12']);
});

test('whatever is pushed and allowed, a tail is the end of what there was, and what it gave stays', (t) => {
  const dice = diceFor(t);
  for (let round = 0; round < often(20, 500); round += 1) {
    const head = dice.below(2_000);
    const all = Array.from({ length: head }, (_, n) => said(n + 1));
    const tail = new Tail(head);
    const given: { readonly events: readonly Uint8Array[]; readonly expected: string[] }[] = [];
    let most = someCapacity();
    for (let step = dice.below(1_500); step > 0; step -= 1) {
      if (dice.chance(1)) most = someCapacity();
      if (dice.chance(1)) tail.extend(all.slice(0, tail.before).map(bytes), most.bytes);
      all.push(said(all.length + 1));
      tail.push(bytes(all.at(-1) ?? ''), most);
      const held = all.slice(tail.before);
      const size = held.join('').length;
      assert.ok(held.length <= most.events && size <= most.bytes, `${held.length}: ${size}`);
      assert.ok(held.length > 0 || (all.at(-1) ?? '').length > most.bytes);
      if (!dice.chance(2)) continue;
      const after = tail.before + dice.below(held.length + 1);
      given.push({ events: tail.since(after) ?? [], expected: all.slice(after) });
    }
    for (const { events, expected } of given) {
      assert.deepEqual(texts(events), expected);
    }
  }

  function someCapacity() {
    return { bytes: 1 + dice.below(200_000), events: 1 + dice.below(1_000) };
  }

  function said(seq: number): string {
    return `${seq}:`.padEnd(dice.chance(1) ? 70_000 : dice.below(300), 'x');
  }
});

function filled(head: number, count: number): Tail {
  const tail = new Tail(head);
  for (let seq = head + 1; seq <= head + count; seq += 1) tail.push(bytes(`${seq}`), ROOMY);
  return tail;
}

function assertUnbroken(tail: Tail, head: number): void {
  const expected = Array.from({ length: head - tail.before }, (_, n) => tail.before + n + 1);
  assert.deepEqual(texts(tail.since(tail.before))?.map(Number), expected);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function texts(payloads: readonly Uint8Array[] | undefined): string[] | undefined {
  return payloads?.map((payload) => new TextDecoder().decode(payload));
}
