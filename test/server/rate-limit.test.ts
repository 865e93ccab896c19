import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimit } from '../../src/server/rate-limit.ts';

test('7.2 a burst of the count goes through, the next one says after how long', () => {
  const limit = new RateLimit({ count: 10, windowMs: 10_000 }, 'messages');
  for (let n = 0; n < 10; n += 1) assert.equal(limit.take('ann', 0), 0);
  assert.equal(limit.take('ann', 0), 1_000);
  assert.equal(limit.take('ann', 400), 600);
  assert.equal(limit.take('ann', 1_000), 0, 'what it said was true');
  assert.equal(limit.text, 'at most 10 messages in 10 s');
});

test('7.2 refusals cost nothing, and the bucket holds no more than the count', () => {
  const limit = new RateLimit({ count: 2, windowMs: 2_000 }, 'messages');
  const passed = (now: number, tries: number) =>
    Array.from({ length: tries }, () => limit.take('ann', now)).filter((wait) => wait === 0).length;
  assert.equal(passed(0, 50), 2);
  assert.equal(passed(1_000, 50), 1);
  assert.equal(passed(60_000, 50), 2, 'a long silence saves nothing up');
});

test('7.2 fault 33: over any time never more than the burst and the rate', () => {
  const limit = new RateLimit({ count: 30, windowMs: 10_000 }, 'messages');
  let passed = 0;
  for (let now = 0; now <= 60_000; now += 7) if (limit.take('ann', now) === 0) passed += 1;
  assert.ok(passed <= 30 + 60 * 3, `${passed} in a minute`);
  assert.ok(passed >= 30 + 60 * 3 - 2, `only ${passed} in a minute`);
});

test('7.2 each person has a bucket of its own, however many there are', () => {
  const limit = new RateLimit({ count: 1, windowMs: 1_000 }, 'messages');
  assert.equal(limit.take('ann', 0), 0);
  for (let n = 0; n < 20_000; n += 1) assert.equal(limit.take(`p${n}`, 1), 0);
  assert.ok(limit.take('p19999', 2) > 0, 'sweeping forgets nobody whose bucket is not full');
  assert.ok(limit.take('ann', 500) > 0);
});
