import { randomInt } from 'node:crypto';
import type { TestContext } from 'node:test';

/** Random numbers that can be had again. */
export type Dice = {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
};

/** Says the seed with the test's output; `CHINWAG_TEST_SEED` repeats it. */
export function diceFor(test: TestContext): Dice {
  const seed = Number(process.env.CHINWAG_TEST_SEED ?? randomInt(2 ** 31));
  test.diagnostic(`seed ${seed}: repeat with CHINWAG_TEST_SEED=${seed}`);
  return dice(seed);
}

/** A linear congruential counter, its high bits mixed into the low ones. */
function dice(seed: number): Dice {
  let state = BigInt(seed) + 1n;
  const below = (limit: number) => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return Number((state >> 33n) % BigInt(limit));
  };
  return { below, chance: (percent) => below(100) < percent };
}
