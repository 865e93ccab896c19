import type { Clock } from './clock.ts';

/** Something that wants to be looked at now and then. */
export interface Spoke {
  /** Called when due; answers in how many milliseconds to come again, or undefined for never. */
  turn(now: number): number | undefined;
}

const SLOTS = 512;
/** A turn that comes this much too late means the whole process stood still. */
const STALL_MS = 1_000;

/**
 * One timer for every connection there is: each tick visits the spokes that are due.
 * Its `now` leaves out the time in which the process itself did not run, so that
 * nobody is taken for dead because the server slept.
 */
export class Wheel {
  /** Milliseconds that the wheel has turned, in whole ticks. */
  now = 0;
  readonly #clock: Clock;
  readonly #tickMs: number;
  readonly #slots: Spoke[][] = Array.from({ length: SLOTS }, () => []);
  #position = 0;
  #due: number;
  #callOff: () => void;

  constructor(clock: Clock, tickMs: number) {
    this.#clock = clock;
    this.#tickMs = tickMs;
    this.#due = clock.steady() + tickMs;
    this.#callOff = this.#schedule();
  }

  /** `ms` is rounded up to whole ticks; what lies further than one round is visited early. */
  add(spoke: Spoke, ms: number): void {
    const ticks = Math.min(SLOTS - 1, Math.max(1, Math.ceil(ms / this.#tickMs)));
    this.#slots[(this.#position + ticks) % SLOTS]?.push(spoke);
  }

  stop(): void {
    this.#callOff();
  }

  #schedule(): () => void {
    const wait = Math.max(0, this.#due - this.#clock.steady());
    return this.#clock.after(wait, () => this.#turn());
  }

  #turn(): void {
    const steady = this.#clock.steady();
    if (steady - this.#due > STALL_MS) this.#due = steady;
    while (this.#due <= steady) {
      this.#tick();
      this.#due += this.#tickMs;
    }
    this.#callOff = this.#schedule();
  }

  #tick(): void {
    this.#position = (this.#position + 1) % SLOTS;
    this.now += this.#tickMs;
    const due = this.#slots[this.#position] ?? [];
    this.#slots[this.#position] = [];
    for (const spoke of due) {
      const again = spoke.turn(this.now);
      if (again !== undefined) this.add(spoke, again);
    }
  }
}
