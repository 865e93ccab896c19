import type { Random } from './random.ts';

const FLOOR_MS = 250;
const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** A connection that lasted this long was a good one: the next break starts from the beginning. */
export const STEADY_MS = 10_000;

/**
 * How long to wait before connecting again, in milliseconds, after `attempts` waits in a row.
 * The random part keeps a thousand clients of one restarted server from coming back as one;
 * it comes on top of whatever the server asked for.
 */
export function backoffMs(attempts: number, random: Random, askedMs = 0): number {
  const spread = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempts);
  return Math.max(FLOOR_MS, askedMs) + random() * spread;
}
