import { ChinwagError, type Clock, type Room } from '../client/index.ts';
import { readNow, wantsOlder } from './landing.ts';
import type { State } from './state.ts';

/** A moving read mark is told no more often than this, in milliseconds. */
const SELDOM_MS = 1_000;
/** How many older messages are fetched at once. */
const PAGE = 200;

/** Does what follows from what is on the screen: reads what is seen, fetches what will be. */
export class Follower {
  readonly #clock: Clock;
  readonly #now: () => { readonly state: State; readonly room: Room };
  #readAt = Number.NEGATIVE_INFINITY;
  #cancelRead: (() => void) | undefined;
  #isLoading = false;

  /** `now` is what is looked at when it is asked. */
  constructor(clock: Clock, now: () => { readonly state: State; readonly room: Room }) {
    this.#clock = clock;
    this.#now = now;
  }

  /** To be called when something was painted. */
  follow(): void {
    const { state, room } = this.#now();
    if (readNow(state) !== undefined && this.#cancelRead === undefined) this.#readSoon();
    if (wantsOlder(state) && !this.#isLoading) this.#loadOlder(room);
  }

  stop(): void {
    this.#cancelRead?.();
  }

  #readSoon(): void {
    const wait = Math.max(0, this.#readAt + SELDOM_MS - this.#clock.now());
    this.#cancelRead = this.#clock.after(wait, () => {
      this.#cancelRead = undefined;
      this.#readAt = this.#clock.now();
      const { state, room } = this.#now();
      const seq = readNow(state);
      if (seq !== undefined) room.read(seq);
    });
  }

  async #loadOlder(room: Room): Promise<void> {
    this.#isLoading = true;
    try {
      await room.loadOlder(PAGE);
      this.#isLoading = false;
    } catch (error) {
      this.#clock.after(SELDOM_MS, () => {
        this.#isLoading = false;
        this.follow();
      });
      // Whatever the server has against it now, it is asked again, at a walking pace.
      if (!(error instanceof ChinwagError)) throw error;
    }
  }
}
