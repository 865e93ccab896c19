import { randomInt } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Random } from '../../src/client/index.ts';
import { often } from './tools.ts';

const STEP = 0x9e3779b9;

/** The same numbers for the same seed: a 32-bit counter from a place of the seed's own, well mixed. */
export function seeded(seed: number): Random {
  let counter = mixed(mixed(seed + STEP) + 1);
  return () => {
    counter = (counter + STEP) | 0;
    return (mixed(counter) >>> 0) / 2 ** 32;
  };
}

function mixed(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

/** A whole number from 0 up to, not including, `below`. */
export function pick(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** A seed's numbers for a test that throws dice. */
export type Dice = {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
};

/**
 * What a test that throws dice begins with, and says: the same in each `npm test`, so that the same
 * code gets the same verdict, and another in each `npm run test:long`. `CHINWAG_TEST_SEED` repeats it.
 */
export function seedFor(test: TestContext): number {
  const seed = Number(process.env.CHINWAG_TEST_SEED ?? often(1, randomInt(2 ** 31)));
  test.diagnostic(`seed ${seed}: repeat with CHINWAG_TEST_SEED=${seed}`);
  return seed;
}

export function diceFor(test: TestContext): Dice {
  const random = seeded(seedFor(test));
  const below = (limit: number) => pick(random, limit);
  return { below, chance: (percent) => below(100) < percent };
}
