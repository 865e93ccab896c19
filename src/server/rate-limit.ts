/** How much one person may send: a burst of `count`, refilled evenly over `windowMs`. */
export type Rate = { readonly count: number; readonly windowMs: number };

/** What is limited, each by itself: what a person says, and how often it comes and goes. */
export type Rated = 'said' | 'moved';

type Bucket = { tokens: number; at: number };

/** With fewer buckets than this none is looked for that is full again. */
const FEW = 10_000;

/** A token bucket for each person, over all of its connections. */
export class RateLimit {
  /** The limit in words. */
  readonly text: string;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = FEW;

  /** `what` is limited, in words: "messages". */
  constructor(rate: Rate, what: string) {
    this.#rate = rate;
    this.text = `at most ${rate.count} ${what} in ${rate.windowMs / 1000} s`;
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
    if (this.#buckets.size >= this.#sweepAt) this.#sweep(now);
    const bucket = { tokens: this.#rate.count, at: now };
    this.#buckets.set(person, bucket);
    return bucket;
  }

  /** Forgets what is full again; the next time is when there are twice as many as now. */
  #sweep(now: number): void {
    for (const [person, bucket] of this.#buckets) {
      if (now - bucket.at >= this.#rate.windowMs) this.#buckets.delete(person);
    }
    this.#sweepAt = Math.max(FEW, 2 * this.#buckets.size);
  }
}
