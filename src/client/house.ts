import type { CommandType } from '../protocol/commands.ts';
import type { ReplyOf } from '../protocol/replies.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Feed } from './feed.ts';
import type { RequestOf } from './frame.ts';
import type { Random } from './random.ts';
import type { OutboxStorage } from './storage.ts';

/** What the rooms of one client share. */
export interface House {
  readonly connection: Pick<Connection, 'ask' | 'tell' | 'online' | 'ended'>;
  readonly feed: Feed;
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  readonly random: Random;
  request<T extends CommandType>(command: RequestOf<T>): Promise<ReplyOf<T>>;
  /** A room was entered or left. */
  cameOrWent(): void;
}
