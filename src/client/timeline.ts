import type { Person } from '../protocol/events.ts';
import type { MessageNow } from '../protocol/replies.ts';
import type { Role, RoomKind } from '../protocol/roles.ts';
import type { ChinwagError } from './error.ts';

/** A message of the room, on the server's disk. */
export type SentMessage = MessageNow & { readonly state: 'sent' };

/** An own message that the server has not taken yet. */
export interface UnsentMessage {
  readonly room: string;
  readonly key: string;
  readonly text: string;
  readonly replyTo?: number;
  /** When it was written, in milliseconds since the Unix epoch, by the client's clock. */
  readonly at: number;
}

export type TimelineMessage =
  | SentMessage
  | (UnsentMessage & { readonly state: 'pending' })
  /** The server refused it: `retry(key)` or `discard(key)`. */
  | (UnsentMessage & { readonly state: 'failed'; readonly why: ChinwagError });

/**
 * `out`: not joined. `joining`: on the way in, or coming back after a break. `live`: caught up
 * and hearing events. `refused`: the server did not let this person in.
 */
export type Standing = 'out' | 'joining' | 'live' | 'refused';

/** A room as this client knows it: one immutable value for each change. */
export interface Timeline {
  readonly room: string;
  readonly standing: Standing;
  /** Why, where the standing is `refused`. */
  readonly why: ChinwagError | undefined;
  readonly kind: RoomKind | undefined;
  readonly title: string;
  readonly topic: string;
  readonly role: Role | undefined;
  /** The sent ones by rising `seq`, then the pending and failed ones as they were written. */
  readonly messages: readonly TimelineMessage[];
  /** Whether the server has messages before the first of these. */
  readonly hasOlder: boolean;
  /** The people present, at most 200 of them; `memberCount` is exact. */
  readonly members: readonly Person[];
  readonly memberCount: number;
  /** The people who are typing now. */
  readonly typing: readonly Person[];
  /** The last `seq` that was applied, of whatever event; 0 before the first join. */
  readonly head: number;
  /** Everything up to this `seq` was read. */
  readonly read: number;
  /**
   * How often it started afresh after a break: each time what was held was dropped, and there
   * may be messages between that and these. A number, so that no reader misses one.
   */
  readonly resets: number;
}
