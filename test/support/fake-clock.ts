import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/client/index.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is turned. */
export class FakeClock implements Clock {
  #now = 1_700_000_000_000;
  readonly #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run };
    // Kept by time, and by the order of their setting where the time is the same.
    const before = this.#timers.findLastIndex(({ at }) => at <= timer.at);
    this.#timers.splice(before + 1, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index !== -1) this.#timers.splice(index, 1);
    };
  }

  /** Turns the clock by `ms`, running what falls due on the way, promises included. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await setImmediate();
    for (let next = this.#timers[0]; next !== undefined && next.at <= until; ) {
      this.#timers.shift();
      this.#now = next.at;
      next.run();
      for (let tick = 0; tick < 5; tick += 1) await undefined;
      next = this.#timers[0];
    }
    this.#now = until;
    await setImmediate();
  }
}
