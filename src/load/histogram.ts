const SUB_BITS = 7;
const SUB = 1 << SUB_BITS;
const LARGEST = 2 ** 31 - 1;
const BUCKETS = (31 - SUB_BITS) * SUB + SUB;

/**
 * Latencies in microseconds, in 26 KB whatever their number. Buckets are linear
 * within each power of two, so a quantile is at most 1/128 too high; `max` is exact.
 */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  /** Takes a whole number from 0 to 2³¹ − 1, so many `times`; what lies outside counts as the nearest of these. */
  record(microseconds: number, times = 1): void {
    const value = Math.min(Math.max(microseconds, 0), LARGEST);
    const index = bucketOf(value);
    this.#counts[index] = (this.#counts[index] ?? 0) + times;
    this.#count += times;
    if (value > this.#max) this.#max = value;
  }

  /** The least value that at least `share` (0 to 1) of all are not above; 0 when there are none. */
  quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let below = 0;
    for (let index = 0; index < BUCKETS; index += 1) {
      below += this.#counts[index] ?? 0;
      if (below >= rank) return Math.min(topOf(index), this.#max);
    }
    return 0;
  }
}

function bucketOf(value: number): number {
  const shift = Math.max(0, 31 - SUB_BITS - Math.clz32(value));
  return (shift << SUB_BITS) + (value >>> shift);
}

function topOf(index: number): number {
  if (index < 2 * SUB) return index;
  const shift = (index >> SUB_BITS) - 1;
  return (SUB + (index & (SUB - 1)) + 1) * 2 ** shift - 1;
}
