import type { Clock } from './clock.ts';

/** How often some are let in however many knock. */
const EVERY_MS = 100;
/** Whoever has waited this long stands back for nobody: a client does not wait for ever. */
const MOST_MS = 2_000;

type Waiting = { readonly since: number; readonly letIn: () => void };

/**
 * Lets a bounded number in at once; the others wait in line, in the order in which they came.
 *
 * One connection is accepted with each turn of the event loop, however many are coming. So
 * while somebody knocks the line stands back, else each turn would be as long as its sign-ins
 * take, and the last of a crowd would wait at the door until all the others are in.
 */
export class Gate {
  readonly #width: number;
  readonly #clock: Clock;
  readonly #line: Waiting[] = [];
  #inside = 0;
  #knocked = false;
  #scheduled = false;
  #openedAt = Number.NEGATIVE_INFINITY;

  constructor(width: number, clock: Clock) {
    this.#width = width;
    this.#clock = clock;
  }

  /** Somebody has come to the door, and will want to pass later. */
  knock(): void {
    this.#knocked = true;
  }

  async pass<T>(task: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#line.push({ since: this.#clock.steady(), letIn: resolve });
      this.#schedule();
    });
    try {
      return await task();
    } finally {
      this.#inside -= 1;
      if (this.#line.length > 0) this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    const now = this.#clock.steady();
    const standsBack = this.#knocked && !this.#isDue(now);
    this.#knocked = false;
    if (standsBack) {
      this.#schedule();
      return;
    }
    const next = this.#line.splice(0, this.#width - this.#inside);
    if (next.length > 0) this.#openedAt = now;
    this.#inside += next.length;
    for (const { letIn } of next) letIn();
  }

  #isDue(now: number): boolean {
    const [first] = this.#line;
    const waited = first === undefined ? 0 : now - first.since;
    return now - this.#openedAt >= EVERY_MS || waited >= MOST_MS;
  }
}
