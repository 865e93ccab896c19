import assert from 'node:assert/strict';
import test from 'node:test';
import { OrderCheck } from '../../src/load/order.ts';
import { seeded, seedFor } from '../support/seed.ts';

function after(counters: number[], ended = 5) {
  const order = new OrderCheck(1);
  for (const counter of counters) order.see(0, counter);
  order.endAt(0, ended);
  return order.faults;
}

const good = { missing: 0, repeated: 0, outOfOrder: 0 };

test('counters that rise by one are no fault', () => {
  assert.deepEqual(after([0, 1, 2, 3, 4]), good);
});

test('a missing message is found, in the middle and at the end', () => {
  assert.deepEqual(after([0, 1, 3, 4]), { ...good, missing: 1 });
  assert.deepEqual(after([0, 1, 2]), { ...good, missing: 2 });
  assert.deepEqual(after([]), { ...good, missing: 5 });
});

test('a repeated message is found, at once and much later', () => {
  assert.deepEqual(after([0, 1, 1, 2, 3, 4]), { ...good, repeated: 1 });
  assert.deepEqual(after([0, 1, 2, 3, 4, 0]), { ...good, repeated: 1 });
});

test('swapped messages are one out of order, and neither missing nor repeated', () => {
  assert.deepEqual(after([0, 2, 1, 3, 4]), { ...good, outOfOrder: 1 });
});

test('a late message that comes twice is out of order and repeated', () => {
  assert.deepEqual(after([0, 2, 1, 1, 3, 4]), { ...good, outOfOrder: 1, repeated: 1 });
});

test('streams are told apart, and may start anywhere', () => {
  const order = new OrderCheck(2);
  order.startAt(1, 42);
  order.see(0, 0);
  order.see(1, 42);
  order.see(1, 43);
  order.endAt(0, 1);
  order.endAt(1, 44);
  assert.deepEqual(order.faults, good);
});

test('random drops and repeats are counted exactly', (t) => {
  const random = seeded(seedFor(t));
  const order = new OrderCheck(1);
  let [missing, repeated] = [0, 0];
  for (let counter = 0; counter < 10_000; counter += 1) {
    const kind = random();
    if (kind < 0.01) missing += 1;
    else order.see(0, counter);
    if (kind > 0.99) {
      order.see(0, counter);
      repeated += 1;
    }
  }
  order.endAt(0, 10_000);
  assert.deepEqual(order.faults, { missing, repeated, outOfOrder: 0 });
});
