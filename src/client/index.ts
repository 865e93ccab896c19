/** The chinwag SDK: `createClient` is the way in. Runs in browsers and in Node 24, on its own. */
export { type Client, type ClientOptions, createClient } from './client.ts';
export { type Clock, systemClock } from './clock.ts';
export { ChinwagError, type ChinwagErrorCode } from './error.ts';
export type { ClientEvent, ClientEventType, EventOf, Mention, Reset } from './feed.ts';
export type { Receipt, Sent } from './outbox.ts';
export type { Random } from './random.ts';
export type { HistoryQuery, Room, SendOptions } from './room.ts';
export type { ConnectionState, Online } from './state.ts';
export { memoryOutbox, type OutboxEntry, type OutboxStorage } from './storage.ts';
export type { Store } from './store.ts';
export type {
  SentMessage,
  Standing,
  Timeline,
  TimelineMessage,
  UnsentMessage,
} from './timeline.ts';
export type { Socket, SocketEvents, Transport } from './transport.ts';
