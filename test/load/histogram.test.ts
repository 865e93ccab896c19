import assert from 'node:assert/strict';
import test from 'node:test';
import { Histogram } from '../../src/load/histogram.ts';
import { seeded, seedFor } from '../support/seed.ts';

test('a quantile is that of the sorted values, at most 1/128 above it', (t) => {
  const random = seeded(seedFor(t));
  const histogram = new Histogram();
  const values = Array.from({ length: 20_000 }, () => Math.floor(10 ** (random() * 9)));
  for (const value of values) histogram.record(value);
  values.sort((a, b) => a - b);

  for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1]) {
    const exact = values[Math.max(1, Math.ceil(share * values.length)) - 1] ?? 0;
    const found = histogram.quantile(share);
    assert.ok(found >= exact && found <= exact * (1 + 1 / 128), `${share}: ${found} for ${exact}`);
  }
  assert.equal(histogram.count, values.length);
  assert.equal(histogram.max, values.at(-1));
});

test('every value up to 255 µs has a bucket of its own', () => {
  for (let value = 0; value < 256; value += 1) {
    const histogram = new Histogram();
    histogram.record(value);
    histogram.record(10_000);
    assert.equal(histogram.quantile(0.5), value);
  }
});

test('values outside count as the nearest that fits', () => {
  const histogram = new Histogram();
  histogram.record(-5);
  histogram.record(2 ** 40);
  assert.equal(histogram.quantile(0.5), 0);
  assert.equal(histogram.max, 2 ** 31 - 1);
  assert.equal(histogram.quantile(1), 2 ** 31 - 1);
});

test('an empty histogram answers 0', () => {
  assert.equal(new Histogram().quantile(0.99), 0);
});
