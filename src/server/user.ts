import type { Session } from './session.ts';
import type { PersonRecord, Standing } from './storage/storage.ts';

/** A person with at least one session: what all of its sessions share. */
export class User {
  readonly id: string;
  readonly name: string;
  readonly kind: PersonRecord['kind'];
  readonly sessions = new Set<Session>();
  /** What it is in the rooms that it is a member of. */
  readonly standings = new Map<string, Standing>();
  /** When it was last said to be typing, by the steady clock. */
  typedAt = Number.NEGATIVE_INFINITY;

  #last: Promise<unknown> = Promise.resolve();

  constructor({ id, name, kind }: PersonRecord) {
    this.id = id;
    this.name = name;
    this.kind = kind;
  }

  /** Changes of where this person is happen one after another, whichever session asks. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#last.then(change);
    this.#last = done.catch(() => {});
    return done;
  }

  get person() {
    return { id: this.id, name: this.name };
  }
}
