import { createHash } from 'node:crypto';
import { Refusal } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { PersonRecord, Storage } from '../storage/storage.ts';
import { nameForms, properName } from './names.ts';

/** A guest that was not here for this long gives up its name. */
const NAME_HELD_MS = 30 * 24 * 60 * 60 * 1000;
/** How old the note of a person's last visit may become. */
const SEEN_EVERY_MS = 60 * 60 * 1000;

export type Visitor = {
  readonly person: PersonRecord;
  /** What brings this person back; doors without tokens get none. */
  readonly token?: string;
};

/** Who people are: guests with a name and the token that keeps it theirs. */
export class People {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(storage: Storage, clock: Clock, random: Random) {
    this.#storage = storage;
    this.#clock = clock;
    this.#random = random;
  }

  /** A new guest. Throws `name_invalid` or `name_taken`. */
  async welcome(rawName: string): Promise<Visitor> {
    const name = properName(rawName);
    const token = this.#random.token();
    const { person, holder } = await this.#claim(name, hash(token));
    if (holder !== undefined) throw taken(name);
    return { person, token };
  }

  /** The person that the token was given to. Throws `bad_token`. */
  async recognize(token: string): Promise<Visitor> {
    const person = await this.#storage.personByToken(hash(token));
    if (person === undefined) {
      throw new Refusal('bad_token', 'this token is not known here; sign in with a name instead');
    }
    this.#noteVisit(person);
    return { person, token };
  }

  /** Gives up a person that nobody has ever been: its name is free again. */
  forget(person: PersonRecord): Promise<void> {
    return this.#storage.forgetPerson(person.id);
  }

  /**
   * For a door that knows no tokens: whoever brings the name is that person, unless
   * someone with a token holds it. Throws `name_invalid` or `name_taken`.
   */
  async byNameAlone(rawName: string): Promise<Visitor> {
    const name = properName(rawName);
    const { person, holder } = await this.#claim(name);
    if (holder === undefined) return { person };
    if (holder.hasToken || holder.name !== name) throw taken(name);
    this.#noteVisit(holder);
    return { person: holder };
  }

  async #claim(name: string, tokenHash?: string) {
    const at = this.#clock.wall();
    const person = { id: this.#random.id('u'), name, kind: 'guest' } as const;
    const claim = await this.#storage.addPerson({
      ...person,
      ...(tokenHash === undefined ? {} : { tokenHash }),
      names: nameForms(name),
      at,
      releaseBefore: at - NAME_HELD_MS,
    });
    return {
      person: { ...person, seenAt: at, hasToken: tokenHash !== undefined },
      holder: claim.kind === 'taken' ? claim.holder : undefined,
    };
  }

  /** A visit goes on without the note: it only dates how long the name is held. */
  #noteVisit(person: PersonRecord): void {
    const at = this.#clock.wall();
    if (at - person.seenAt < SEEN_EVERY_MS) return;
    this.#storage.seen(person.id, at).catch(() => {});
  }
}

function taken(name: string): Refusal {
  const message = `the name ${name} is somebody else's, or looks like one that is; choose another`;
  return new Refusal('name_taken', message, { field: 'name' });
}

/** Only the hash is kept, so that a stolen database signs nobody in. */
function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
