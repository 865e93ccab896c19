import assert from 'node:assert/strict';
import test from 'node:test';
import { Gate } from '../../src/server/gate.ts';
import { FakeClock } from '../support/clock.ts';

const SOME_MS = 100;
const LONG_MS = 10_000;

/** What is due in this turn of the event loop has been done. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Some who want to pass, and stay inside until they are told to leave. */
function visitors(gate: Gate, count: number) {
  const inside: number[] = [];
  const leaving = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const passes = leaving.map(({ promise }, n) =>
    gate.pass(() => {
      inside.push(n);
      return promise;
    }),
  );
  const leave = async (n: number) => {
    leaving[n]?.resolve();
    await passes[n];
  };
  return { inside, leave };
}

test('so many are let in at once, the others in the order in which they came', async () => {
  const { inside, leave } = visitors(new Gate(2, new FakeClock()), 4);
  await turn();
  assert.deepEqual(inside, [0, 1]);
  await leave(1);
  await turn();
  assert.deepEqual(inside, [0, 1, 2]);
  await leave(0);
  await turn();
  assert.deepEqual(inside, [0, 1, 2, 3]);
});

test('whoever fails inside makes room for the next, and says why', async () => {
  const gate = new Gate(1, new FakeClock());
  const failed = gate.pass(() => Promise.reject(new Error('no')));
  const next = gate.pass(async () => 'in');
  await assert.rejects(failed, /no/);
  assert.equal(await next, 'in');
  assert.equal(await gate.pass(async () => 'again'), 'again');
});

test('while others knock the line stands back, and goes on when they are through', async () => {
  const gate = new Gate(1, new FakeClock());
  await gate.pass(async () => {});
  const { inside } = visitors(gate, 1);
  for (let n = 0; n < 3; n += 1) {
    gate.knock();
    await turn();
  }
  assert.deepEqual(inside, []);
  await turn();
  assert.deepEqual(inside, [0]);
});

test('however many knock, some are let in now and then', async () => {
  const clock = new FakeClock();
  const gate = new Gate(1, clock);
  await gate.pass(async () => {});
  const { inside, leave } = visitors(gate, 2);
  const knock = async () => {
    gate.knock();
    await turn();
  };
  await knock();
  assert.deepEqual(inside, []);
  clock.advance(SOME_MS);
  await knock();
  assert.deepEqual(inside, [0]);
  // The place that is free only later is given at once: nobody has been let in meanwhile.
  clock.advance(SOME_MS);
  await knock();
  await leave(0);
  await knock();
  assert.deepEqual(inside, [0, 1]);
});

test('whoever has waited for long stands back for nobody', async () => {
  const clock = new FakeClock();
  const gate = new Gate(1, clock);
  const { inside, leave } = visitors(gate, 4);
  await turn();
  clock.advance(LONG_MS);
  for (const n of [0, 1, 2]) {
    await leave(n);
    gate.knock();
    await turn();
  }
  assert.deepEqual(inside, [0, 1, 2, 3]);
});
