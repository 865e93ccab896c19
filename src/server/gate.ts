import type { Clock } from './clock.ts';

/** How long whoever waits in line stands back for those who are still at the door. */
const STAND_BACK_MS = 100;

/**
 * Lets a bounded number in at once; the others wait in line, in the order in which they came.
 *
 * One connection is accepted with each turn of the event loop, however many are coming. So
 * while somebody knocks the line stands back, else each turn would be as long as those in it
 * take, and the last of a crowd would wait at the door until all the others are in.
 */
export class Gate {
  readonly #width: number;
  readonly #clock: Clock;
  readonly #line: (() => void)[] = [];
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
      this.#line.push(resolve);
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
    const standsBack = this.#knocked && now - this.#openedAt < STAND_BACK_MS;
    this.#knocked = false;
    if (standsBack) {
      this.#schedule();
      return;
    }
    this.#openedAt = now;
    const next = this.#line.splice(0, this.#width - this.#inside);
    this.#inside += next.length;
    for (const letIn of next) letIn();
  }
}
