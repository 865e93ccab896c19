import type { CommandOf } from '../protocol/commands.ts';
import type { ReplyOf } from '../protocol/replies.ts';
import type { Receipt, Sent } from './outbox.ts';
import type { Store } from './store.ts';
import type { Timeline } from './timeline.ts';

export type HistoryQuery = Pick<CommandOf<'history'>, 'before' | 'after' | 'around' | 'limit'>;

export interface SendOptions {
  /** The `seq` of the message that this one answers. */
  readonly replyTo?: number;
  /** Made by the client where there is none; the same key is the same message, for ever. */
  readonly key?: string;
}

/**
 * One room. Everything that goes wrong is a `ChinwagError`; what needs the server rejects with
 * `disconnected` while it is away, except for `join` and `send`, which wait for it.
 */
export interface Room {
  readonly name: string;
  readonly timeline: Store<Timeline>;

  /** Enters the room and stays in it, across every break. Resolves when it is caught up. */
  join(): Promise<void>;

  /** Goes, and does not come back by itself. Unsent messages wait for the next `join`. */
  leave(): Promise<void>;

  /**
   * Says `text`, 1 to 4,000 characters, joining the room first where that was not done. The
   * message is in the timeline at once, in the outbox's storage next, and then on its way.
   */
  send(text: string, options?: SendOptions): Sent;

  /** Sends a failed message again, with the same key. Throws `conflict` where none failed. */
  retry(key: string): Sent;

  /** Drops a message that failed, or that was never on its way. Rejects with `conflict` otherwise. */
  discard(key: string): Promise<void>;

  /** A page of messages as they stand now, oldest first. The timeline stays as it is. */
  history(query?: HistoryQuery): Promise<ReplyOf<'history'>>;

  /** Puts up to `limit` (1 to 200) older messages before those in the timeline. */
  loadOlder(limit?: number): Promise<void>;

  setTopic(topic: string): Promise<Receipt>;

  /** Everything up to `seq` was read. Kept and told later while the server is away. */
  read(seq: number): void;

  /** This person is typing: call it at every key, it tells the others every 3 s. */
  typing(): void;
}
