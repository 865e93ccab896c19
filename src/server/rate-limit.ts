/** How much one person may send: a burst of `count`, refilled evenly over `windowMs`. */
export type Rate = { readonly count: number; readonly windowMs: number };

type Bucket = { tokens: number; at: number };

/** A bucket is forgotten once it is full again; this many are looked at for that at a time. */
const SWEEP_ABOVE = 10_000;

/** A token bucket for each person, over all of its connections. */
export class RateLimit {
  /** The limit in words. */
  readonly text: string;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
    this.text = `at most ${rate.count} messages in ${rate.windowMs / 1000} s`;
  }

  /** 0 where the person may go on, else after how many milliseconds it may. */
  take(person: string, now: number): number {
    const { count, windowMs } = this.#rate;
    const bucket = this.#buckets.get(person) ?? this.#add(person, now);
    bucket.tokens = Math.min(count, bucket.tokens + ((now - bucket.at) * count) / windowMs);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * windowMs) / count);
    bucket.tokens -= 1;
    return 0;
  }

  #add(person: string, now: number): Bucket {
    if (this.#buckets.size >= SWEEP_ABOVE) this.#sweep(now);
    const bucket = { tokens: this.#rate.count, at: now };
    this.#buckets.set(person, bucket);
    return bucket;
  }

  #sweep(now: number): void {
    for (const [person, bucket] of this.#buckets) {
      if (now - bucket.at >= this.#rate.windowMs) this.#buckets.delete(person);
    }
  }
}
