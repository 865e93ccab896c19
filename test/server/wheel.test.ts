import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Spoke, Wheel } from '../../src/server/wheel.ts';
import { FakeClock } from '../support/clock.ts';

/** Notes when it was visited, and comes again after `again` where that is given. */
class Visitor implements Spoke {
  readonly visits: number[] = [];
  readonly #again: number | undefined;

  constructor(again?: number) {
    this.#again = again;
  }

  turn(now: number): number | undefined {
    this.visits.push(now);
    return this.#again;
  }
}

test('a spoke is visited when it is due, rounded up to a tick', () => {
  const { clock, wheel } = turning(50);
  const [exact, between, now] = [new Visitor(), new Visitor(), new Visitor()];
  wheel.add(exact, 100);
  wheel.add(between, 101);
  wheel.add(now, 0);
  clock.advance(1_000);
  assert.deepEqual([exact.visits, between.visits, now.visits], [[100], [150], [50]]);
});

test('a spoke that asks for it comes again, one that does not is forgotten', () => {
  const { clock, wheel } = turning(50);
  const again = new Visitor(200);
  wheel.add(again, 100);
  clock.advance(700);
  assert.deepEqual(again.visits, [100, 300, 500, 700]);
});

test('what is due later than one round is visited early rather than late', () => {
  const { clock, wheel } = turning(50);
  const far = new Visitor();
  wheel.add(far, 60_000);
  clock.advance(60_000);
  assert.equal(far.visits.length, 1);
  assert.ok(Number(far.visits[0]) <= 60_000);
});

test('2.G6 short delays are caught up, so that a second stays a second', () => {
  const { clock, wheel } = turning(50);
  for (let n = 0; n < 10; n += 1) clock.stall(130);
  assert.equal(wheel.now, 1_300);
});

test('2.G6 the time in which the whole process stood still does not count', () => {
  const { clock, wheel } = turning(50);
  const visitor = new Visitor();
  wheel.add(visitor, 45_000 / 3);
  clock.advance(1_000);
  clock.stall(3_600_000);
  assert.ok(wheel.now <= 1_100, `the wheel stands at ${wheel.now}`);
  assert.deepEqual(visitor.visits, []);
  clock.advance(14_000);
  assert.equal(visitor.visits.length, 1, 'and then it goes on as before');
});

test('a stopped wheel visits nobody', () => {
  const { clock, wheel } = turning(50);
  const visitor = new Visitor();
  wheel.add(visitor, 100);
  wheel.stop();
  clock.advance(1_000);
  assert.deepEqual(visitor.visits, []);
});

function turning(tickMs: number) {
  const clock = new FakeClock();
  return { clock, wheel: new Wheel(clock, tickMs) };
}
