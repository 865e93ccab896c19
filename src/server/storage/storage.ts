import type {
  Membership,
  MessageNow,
  Person,
  Role,
  RoomEvent,
  RoomKind,
} from '../../protocol/index.ts';

/**
 * Where rooms live. The storage is the truth: everything else in the server may
 * be lost and rebuilt from it.
 *
 * What every implementation promises, and what breaks without it:
 *
 * - S1 A promise of a writing method resolves only once the change would survive
 *   a power cut. Otherwise people see messages that a crash takes back.
 * - S2 `append` gives each event of a room the next `seq`, from 1, without gaps, in
 *   the order of the calls. Otherwise readers wait for events that never come.
 * - S3 A draft whose `key` this person has used in this room before changes nothing
 *   and gets the first answer, however long ago. Otherwise a retry repeats itself.
 * - S4 A write that fails changes nothing and rejects with `StorageFailure`; the
 *   next one may succeed. Reading goes on meanwhile.
 * - S5 `epoch` stays the same as long as no event that was once readable is gone,
 *   and is another one when any is. Otherwise a resume skips what it never saw.
 * - S6 Text comes back as it went in, every code point of it.
 */
export interface Storage {
  readonly epoch: string;

  append(draft: Draft): Promise<Appended>;
  /** Events with a `seq` above `after`, in order, at most `limit`. */
  events(room: string, after: number, limit: number): Promise<RoomEvent[]>;
  /** Messages as they stand now, oldest first. */
  messages(room: string, page: Page): Promise<MessagePage>;

  room(room: string): Promise<RoomRecord | undefined>;
  /** Rooms whose name or title contains `query`, by name, at most `limit`. */
  rooms(query: string, limit: number): Promise<RoomRecord[]>;
  /** False where the room exists already. The owner becomes its first member. */
  createRoom(room: NewRoom): Promise<boolean>;

  /** Makes the person a member, with everything so far read; a member already stays as it is. */
  enter(room: string, person: string, at: number): Promise<Standing>;
  leave(room: string, person: string): Promise<void>;
  memberships(person: Person): Promise<StoredMembership[]>;
  /** Moves the read mark forward, never back; answers where it stands. */
  markRead(room: string, person: string, seq: number): Promise<number>;

  /** Adds a person and claims its names, or says who holds one of them. */
  addPerson(person: NewPerson): Promise<Claim>;
  personByToken(tokenHash: string): Promise<PersonRecord | undefined>;
  /** Frees the names of a person and voids its token. */
  forgetPerson(person: string): Promise<void>;
  /** Notes that a person was here, which keeps its name its own. */
  seen(person: string, at: number): Promise<void>;

  /** Resolves when a change could be kept now; rejects with `StorageFailure` when not. */
  probe(): Promise<void>;

  /** Finishes what was begun and closes. */
  close(): Promise<void>;
}

/** An event before it has its `seq`. */
export type Draft = WithoutSeq<RoomEvent>;
type WithoutSeq<E> = E extends RoomEvent ? Omit<E, 'seq'> : never;

export type Appended =
  | { readonly kind: 'appended'; readonly seq: number; readonly at: number }
  /** The key was used before: this is what happened then. */
  | { readonly kind: 'duplicate'; readonly seq: number; readonly at: number };

export type Page = { readonly limit: number } & (
  | { readonly before: number }
  | { readonly after: number }
  | { readonly around: number }
  | { readonly latest: true }
);

export type MessagePage = {
  readonly messages: MessageNow[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
};

export type RoomRecord = {
  readonly room: string;
  readonly kind: RoomKind;
  readonly title: string;
  readonly topic: string;
  /** The `seq` of the last event, 0 in a room without any. */
  readonly head: number;
};

export type NewRoom = {
  readonly room: string;
  readonly kind: RoomKind;
  readonly title: string;
  readonly at: number;
  readonly owner?: string;
};

/** Unread messages and mentions are counted up to this many in a room. */
export const COUNTED_UNREAD = 1_000;

/** What a person is in a room, and how far it has read. */
export type Standing = { readonly role: Role; readonly read: number };
export type StoredMembership = Membership & Standing;

export type PersonRecord = Person & {
  readonly kind: 'guest' | 'member' | 'bot';
  readonly seenAt: number;
  /** False for people of a door that knows no tokens: its name alone brings them back. */
  readonly hasToken: boolean;
};

export type NewPerson = Person & {
  readonly kind: 'guest';
  readonly tokenHash?: string;
  /** Every form under which the name is held. */
  readonly names: readonly string[];
  readonly at: number;
  /** A guest not seen since then gives up its name to whoever asks, and its token with it. */
  readonly releaseBefore: number;
};

export type Claim =
  | { readonly kind: 'added' }
  | { readonly kind: 'taken'; readonly holder: PersonRecord };

/** The storage cannot take or give this now. Nothing was changed; trying again later is safe. */
export class StorageFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StorageFailure';
  }
}

/** A draft for a room that does not exist. */
export class NoSuchRoom extends Error {
  readonly room: string;

  constructor(room: string) {
    super(`there is no room ${room}`);
    this.name = 'NoSuchRoom';
    this.room = room;
  }
}
