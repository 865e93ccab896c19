import type { Person } from '../protocol/events.ts';
import { limits } from '../protocol/limits.ts';
import type { Clock } from './clock.ts';

/** A person who was not heard typing for this long has stopped; one who types says so every 3 s. */
const STOPPED_MS = 2 * limits.typingMs;

/** Who is typing in a room now. */
export class Typists {
  people: readonly Person[] = [];
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #timers = new Map<string, () => void>();

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  started(user: Person): void {
    this.stopped(user);
    const stop = () => {
      this.stopped(user);
      this.#changed();
    };
    this.#timers.set(user.id, this.#clock.after(STOPPED_MS, stop));
    this.people = [...this.people, user];
  }

  stopped({ id }: Person): void {
    this.#timers.get(id)?.();
    if (this.#timers.delete(id)) this.people = this.people.filter((person) => person.id !== id);
  }
}
