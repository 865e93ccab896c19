import type { Clock } from '../clock.ts';

const EVERY_MS = 1_000;

/** Tells how many there are, at most once a second, however many come and go. */
export class Crowd {
  readonly #clock: Clock;
  readonly #tell: () => void;
  #toldAt = Number.NEGATIVE_INFINITY;
  #due = false;

  constructor(clock: Clock, tell: () => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  changed(): void {
    if (this.#due) return;
    this.#due = true;
    const wait = this.#toldAt + EVERY_MS - this.#clock.steady();
    this.#clock.after(Math.max(0, wait), () => {
      this.#due = false;
      this.#toldAt = this.#clock.steady();
      this.#tell();
    });
  }
}
