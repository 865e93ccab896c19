import Type, { type Static, type TProperties } from 'typebox';
import { limits } from './limits.ts';
import { roomNamePattern } from './room-name.ts';

/** Commands: what a client sends. Imperative verbs; unknown fields are ignored. */

const ref = Type.Optional(
  Type.Union([
    Type.String({ maxLength: limits.refChars }),
    Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
  ]),
);
/** Chosen by the client, echoed in the one reply to the command that carried it. */
export type Ref = string | number;

export const RoomName = Type.String({ pattern: roomNamePattern });
export const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

function command<const T extends string, P extends TProperties>(type: T, fields: P) {
  return Type.Object({ type: Type.Literal(type), ref, ...fields });
}

/** Signs in: by `token` where there is one, as a new guest called `name` otherwise. */
export const Hello = command('hello', {
  name: Type.Optional(Type.String()),
  token: Type.Optional(Type.String({ minLength: 1, maxLength: limits.tokenChars })),
});

/** Enters a room, or fills a gap in one: everything after `after` comes with the reply. */
export const Join = command('join', {
  room: RoomName,
  after: Type.Optional(Position),
  epoch: Type.Optional(Type.String({ maxLength: limits.epochChars })),
});

export const Leave = command('leave', { room: RoomName });

export const Rooms = command('rooms', {
  query: Type.Optional(Type.String({ maxLength: limits.queryChars })),
});

export const Create = command('create', {
  room: RoomName,
  kind: Type.Optional(Type.Literal('public')),
  title: Type.Optional(Type.String({ maxLength: limits.titleChars })),
});

export const SetTopic = command('setTopic', {
  room: RoomName,
  topic: Type.String({ maxLength: limits.topicChars }),
});

/** A message. Sent again with the same `key` it is the same message, for ever. */
export const Send = command('send', {
  room: RoomName,
  text: Type.String({ minLength: 1, maxLength: limits.textChars }),
  key: Type.Optional(Type.String({ minLength: 1, maxLength: limits.keyChars })),
  replyTo: Type.Optional(Seq),
  files: Type.Optional(Type.Array(Type.String(), { maxItems: 0 })),
});

/** A page of messages: the latest, or those before, after or around a `seq`. */
export const History = command('history', {
  room: RoomName,
  before: Type.Optional(Seq),
  after: Type.Optional(Position),
  around: Type.Optional(Seq),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.historyMessages })),
});

/** Moves this person's read mark, forward only. */
export const Read = command('read', { room: RoomName, seq: Seq });

export const Typing = command('typing', { room: RoomName });

/** An answer to the server's heartbeat or, with a `ref`, a question of its own. */
export const Heartbeat = command('heartbeat', {});

export const commandSchemas = {
  hello: Hello,
  join: Join,
  leave: Leave,
  rooms: Rooms,
  create: Create,
  setTopic: SetTopic,
  send: Send,
  history: History,
  read: Read,
  typing: Typing,
  heartbeat: Heartbeat,
} as const;

export type CommandType = keyof typeof commandSchemas;
export type CommandOf<T extends CommandType> = Static<(typeof commandSchemas)[T]>;
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType];
