/** What went wrong with the messages that were due; all zero in a good run. */
export type Faults = {
  readonly missing: number;
  readonly repeated: number;
  readonly outOfOrder: number;
};

/**
 * Follows streams of counters which must each rise by exactly 1. A counter that
 * was skipped is missing until it arrives late, and is then out of order.
 */
export class OrderCheck {
  readonly #next: Float64Array;
  readonly #skipped = new Map<number, Set<number>>();
  #missing = 0;
  #repeated = 0;
  #outOfOrder = 0;

  constructor(streams: number) {
    this.#next = new Float64Array(streams);
  }

  /** The first counter that is due on a stream; 0 unless told. */
  startAt(stream: number, counter: number): void {
    this.#next[stream] = counter;
  }

  /** The counter that is due next on a stream. */
  dueAt(stream: number): number {
    return this.#next[stream] ?? 0;
  }

  /** Answers whether this was the counter that was due. */
  see(stream: number, counter: number): boolean {
    const due = this.#next[stream] ?? 0;
    if (counter === due) this.#next[stream] = counter + 1;
    else this.#unexpected(stream, counter, due);
    return counter === due;
  }

  /** The stream has ended before `counter`: what is still due of it is missing. */
  endAt(stream: number, counter: number): void {
    this.#missing += Math.max(0, counter - (this.#next[stream] ?? 0));
  }

  get repeated(): number {
    return this.#repeated;
  }

  get faults(): Faults {
    return { missing: this.#missing, repeated: this.#repeated, outOfOrder: this.#outOfOrder };
  }

  #unexpected(stream: number, counter: number, due: number): void {
    const skipped = this.#skipped.get(stream) ?? new Set();
    this.#skipped.set(stream, skipped);
    if (counter > due) {
      for (let gap = due; gap < counter; gap += 1) skipped.add(gap);
      this.#missing += counter - due;
      this.#next[stream] = counter + 1;
    } else if (skipped.delete(counter)) {
      this.#missing -= 1;
      this.#outOfOrder += 1;
    } else {
      this.#repeated += 1;
    }
  }
}
