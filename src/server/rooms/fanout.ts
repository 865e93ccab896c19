import type { Clock } from '../clock.ts';
import { Batch, type Parcel } from './batch.ts';

/** Someone in a room, as the room sees it. */
export interface Member {
  /** False once it is on its way out: nothing is brought to it any more. */
  readonly isOpen: boolean;
  /** The first `skip` parcels of the batch were sent before this member came. */
  deliver(batch: Batch, skip: number): void;
}

/**
 * A pass is cut into so many slices, between which the event loop has its turn: whoever was
 * served first may have answered already, and its next message is on its way to the disk
 * while the others are served.
 */
const SLICES = 16;
const LEAST_SLICE = 8;
const MOST_SLICE = 256;
/** A pass that is shorter than this needs no window. */
const SHORT_PASS_MS = 1;
/** How long a large room gathers, in passes: a third of the time is left for all the others. */
const WINDOW_PASSES = 1.5;
const MAX_WINDOW_MS = 50;
/** What one write costs until it has been measured, in milliseconds. */
const USUAL_WRITE_MS = 0.007;
/** How much a new measurement counts against all the earlier ones. */
const WEIGHT = 0.2;

type Pass = {
  readonly batch: Batch;
  /** The position of the batch's first parcel. */
  readonly start: number;
  readonly members: Iterator<[Member, number]>;
};

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'scheduled'; readonly callOff: () => void }
  | ({ readonly kind: 'passing'; readonly callOff: () => void } & Pass);

/**
 * Brings a room's events to its members: one write for each of them and flush.
 *
 * A write costs the kernel the same for one message as for forty, so a large room
 * that sent each message on its own would do nothing else. It flushes at once after a
 * quiet moment, and otherwise at most every one and a half passes' time.
 */
export class Fanout {
  readonly #clock: Clock;
  /** For each member, the position from which on it takes part. */
  readonly #members = new Map<Member, number>();
  #parcels: Parcel[] = [];
  readonly #waiting = new Set<Member>();
  /** How many parcels there have been before `#parcels`. */
  #position = 0;
  #state: State = { kind: 'idle' };
  #flushedAt = Number.NEGATIVE_INFINITY;
  #writeMs = USUAL_WRITE_MS;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#members.size;
  }

  has(member: Member): boolean {
    return this.#members.has(member);
  }

  /** From now on: what is pending already is not for this member. */
  add(member: Member): void {
    this.#members.set(member, this.#position + this.#parcels.length);
  }

  remove(member: Member): void {
    this.#members.delete(member);
  }

  push(parcel: Parcel): void {
    this.#parcels.push(parcel);
    if (this.#state.kind === 'idle') this.#schedule();
  }

  /** Serves this member first in the next pass: it waits for what it said itself. */
  hurry(member: Member): void {
    this.#waiting.add(member);
  }

  /** Brings everything pending to everyone, without waiting and without a break. */
  flush(): void {
    while (this.#state.kind !== 'idle') {
      this.#state.callOff();
      const pass = this.#state.kind === 'passing' ? this.#state : this.#begin();
      this.#pass(pass, Number.POSITIVE_INFINITY);
    }
  }

  #schedule(): void {
    const passMs = this.#members.size * this.#writeMs;
    const window = passMs < SHORT_PASS_MS ? 0 : Math.min(WINDOW_PASSES * passMs, MAX_WINDOW_MS);
    const wait = this.#flushedAt + window - this.#clock.steady();
    const run = () => this.#pass(this.#begin(), this.#slice);
    this.#state = {
      kind: 'scheduled',
      callOff: wait > 0 ? this.#clock.after(wait, run) : soon(run),
    };
  }

  /** How many members get their write before the event loop has its turn again. */
  get #slice(): number {
    return Math.min(MOST_SLICE, Math.max(LEAST_SLICE, Math.ceil(this.#members.size / SLICES)));
  }

  #begin(): Pass {
    const batch = new Batch(this.#parcels);
    const start = this.#position;
    this.#parcels = [];
    this.#position += batch.parcels.length;
    this.#flushedAt = this.#clock.steady();
    const first = [...this.#waiting];
    this.#waiting.clear();
    return { batch, start, members: this.#order(first) };
  }

  /**
   * Each member once, those of `first` before the others. Whoever joins during the pass comes
   * after all of these and is not waited for: a pass ends, however many are coming in.
   */
  *#order(first: readonly Member[]): Generator<[Member, number]> {
    for (const member of first) {
      const from = this.#members.get(member);
      if (from !== undefined) yield [member, from];
    }
    const served = new Set(first);
    let left = this.#members.size;
    for (const entry of this.#members) {
      if (left === 0) return;
      left -= 1;
      if (!served.has(entry[0])) yield entry;
    }
  }

  /** Who came after the batch, or was brought up to date since, has a position behind it. */
  #pass(pass: Pass, most: number): void {
    const { batch, start, members } = pass;
    const begun = this.#clock.steady();
    let written = 0;
    for (; written < most; written += 1) {
      const next = members.next();
      if (next.done) break;
      const [member, from] = next.value;
      const skip = Math.max(0, from - start);
      if (skip < batch.parcels.length) member.deliver(batch, skip);
    }
    if (written > 0) this.#measure((this.#clock.steady() - begun) / written);
    if (written === most) {
      const callOff = soon(() => this.#pass(pass, most));
      this.#state = { kind: 'passing', ...pass, callOff };
      return;
    }
    this.#state = { kind: 'idle' };
    if (this.#parcels.length > 0) this.#schedule();
  }

  #measure(writeMs: number): void {
    this.#writeMs += WEIGHT * (writeMs - this.#writeMs);
  }
}

/** After what this turn of the event loop still has to do. */
function soon(task: () => void): () => void {
  const immediate = setImmediate(task);
  return () => clearImmediate(immediate);
}
