import type { Person, RoomEvent } from '../../../protocol/index.ts';
import type {
  Appended,
  Claim,
  Draft,
  MessagePage,
  NewPerson,
  NewRoom,
  Page,
  PersonRecord,
  RoomRecord,
  Standing,
  StoredMembership,
} from '../storage.ts';

/** What can be asked of the two threads: name, arguments, answer. One table for both sides. */

export type Write = {
  append(draft: Draft): Appended;
  createRoom(room: NewRoom): boolean;
  enter(room: string, person: string, at: number): Standing;
  leave(room: string, person: string): void;
  markRead(room: string, person: string, seq: number): number;
  addPerson(person: NewPerson): Claim;
  forgetPerson(person: string): void;
  seen(person: string, at: number): void;
  probe(): void;
};

export type Read = {
  events(room: string, after: number, limit: number): RoomEvent[];
  messages(room: string, page: Page): MessagePage;
  room(room: string): RoomRecord | undefined;
  rooms(query: string, limit: number): RoomRecord[];
  memberships(person: Person): StoredMembership[];
  personByToken(tokenHash: string): PersonRecord | undefined;
};

type Method = (...args: never[]) => unknown;

export type CallTo<Api extends Record<keyof Api, Method>> = {
  [Name in keyof Api]: { readonly name: Name; readonly args: Parameters<Api[Name]> };
}[keyof Api];

/** How one call went: failures of the disk and missing rooms travel as what they are. */
export type Outcome =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'no such room'; readonly room: string }
  /** The disk did not take it. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The call itself cannot be done, on any disk. */
  | { readonly kind: 'broken'; readonly message: string };

/** What the writer says once it is ready, or why it never will be. */
export type Opened =
  | { readonly kind: 'opened'; readonly epoch: string }
  | { readonly kind: 'refused'; readonly message: string };
