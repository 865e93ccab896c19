import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crowd } from '../../../src/server/rooms/crowd.ts';
import { FakeClock } from '../../support/clock.ts';

test('6.4 a crowd is counted at most once a second, and its last change is told', () => {
  const clock = new FakeClock();
  let told = 0;
  const crowd = new Crowd(clock, () => {
    told += 1;
  });
  for (let n = 0; n < 100; n += 1) crowd.changed();
  clock.advance(0);
  assert.equal(told, 1);
  crowd.changed();
  clock.advance(999);
  assert.equal(told, 1);
  clock.advance(1);
  assert.equal(told, 2);
  clock.advance(10_000);
  assert.equal(told, 2, 'without a change nothing is told');
  crowd.changed();
  clock.advance(0);
  assert.equal(told, 3);
});
