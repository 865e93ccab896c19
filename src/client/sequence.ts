import type { RoomEvent } from '../protocol/events.ts';
import { limits } from '../protocol/limits.ts';

/**
 * The order rule of a room: events leave here with `seq` rising by exactly 1, whatever
 * order they came in. An old one is dropped; an early one waits for those before it.
 */
export class Sequence {
  /** The last event that was let through; nothing is until `startAt`. */
  head: number | undefined;
  readonly #early = new Map<number, RoomEvent>();
  #overflowed = false;

  /** Those events, `event` among them or not, whose turn it is now. */
  take(event: RoomEvent): RoomEvent[] {
    if (this.head !== undefined && event.seq <= this.head) return [];
    this.#early.set(event.seq, event);
    const due = this.#due();
    if (this.#early.size > limits.replayEvents) {
      this.#early.clear();
      this.#overflowed = true;
    }
    return due;
  }

  /** Whether something is known to be missing. */
  get gap(): boolean {
    return this.#overflowed || this.#early.size > 0;
  }

  /** Begins after `head`, as a reset does. Gives the events that came early and are due now. */
  startAt(head: number): RoomEvent[] {
    this.head = head;
    for (const seq of [...this.#early.keys()]) if (seq <= head) this.#early.delete(seq);
    return this.#due();
  }

  /** The server was asked for all that is missing now: what overflows from here on is a new gap. */
  mending(): void {
    this.#overflowed = false;
  }

  /** Forgets what came early: the connection it came on is gone. */
  forget(): void {
    this.#early.clear();
    this.#overflowed = false;
  }

  #due(): RoomEvent[] {
    const due: RoomEvent[] = [];
    while (this.head !== undefined) {
      const next = this.#early.get(this.head + 1);
      if (next === undefined) break;
      this.#early.delete(next.seq);
      this.head = next.seq;
      due.push(next);
    }
    return due;
  }
}
