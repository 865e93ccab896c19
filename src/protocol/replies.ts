import Type, { type Static, type TProperties } from 'typebox';
import { type CommandType, RoomName, Seq } from './commands.ts';
import { errorCodes } from './errors.ts';
import { Person, RoomEvent } from './events.ts';
import { roles, roomKinds, userKinds } from './roles.ts';

/** Replies: one to each command that carries a `ref`, which they echo. */

const Count = Type.Integer({ minimum: 0 });
const ref = Type.Optional(Type.Union([Type.String(), Type.Integer()]));

function ok<P extends TProperties>(fields: P) {
  return Type.Object({ type: Type.Literal('ok'), ref, ...fields });
}

const RoomKind = Type.Enum([...roomKinds]);
const Role = Type.Enum([...roles]);
const UserKind = Type.Enum([...userKinds]);

/** A message as it stands now. */
export const MessageNow = Type.Object({
  room: RoomName,
  seq: Seq,
  at: Type.Integer(),
  from: Person,
  text: Type.String(),
  key: Type.Optional(Type.String()),
  replyTo: Type.Optional(Seq),
});
export type MessageNow = Static<typeof MessageNow>;

/** One of the rooms a person is a member of, and what waits there. */
export const Membership = Type.Object({
  room: RoomName,
  head: Count,
  read: Count,
  unread: Count,
  mentions: Count,
});
export type Membership = Static<typeof Membership>;

export const Welcome = Type.Object({
  type: Type.Literal('welcome'),
  ref,
  session: Type.String(),
  user: Type.Object({ id: Type.String(), name: Type.String(), kind: UserKind }),
  /** What brings a guest back as the same person. */
  token: Type.Optional(Type.String()),
  /** Names the history itself: with another epoch every `after` is void. */
  epoch: Type.String(),
  server: Type.Object({ name: Type.String(), version: Type.String() }),
  heartbeat: Type.Object({ everyMs: Type.Integer(), timeoutMs: Type.Integer() }),
  limits: Type.Object({ frameBytes: Type.Integer(), textChars: Type.Integer() }),
  rooms: Type.Array(Membership),
});
export type Welcome = Static<typeof Welcome>;

const RoomSummary = Type.Object({
  room: RoomName,
  kind: RoomKind,
  title: Type.String(),
  topic: Type.String(),
  head: Count,
  memberCount: Count,
  joined: Type.Boolean(),
});

const joined = {
  room: RoomName,
  kind: RoomKind,
  title: Type.String(),
  topic: Type.String(),
  head: Count,
  role: Role,
  read: Count,
  /** The people present now, at most 200 of them; `memberCount` is exact. */
  members: Type.Array(Person),
  memberCount: Count,
};

/** Every event after the client's `after`, in order. */
export const Replayed = ok({
  ...joined,
  catchUp: Type.Literal('replayed'),
  events: Type.Array(RoomEvent),
});
/** The client starts afresh from the latest messages. */
export const Reset = ok({
  ...joined,
  catchUp: Type.Literal('reset'),
  messages: Type.Array(MessageNow),
  hasOlder: Type.Boolean(),
});

export const replySchemas = {
  hello: Welcome,
  join: Type.Union([Replayed, Reset]),
  leave: ok({ room: RoomName }),
  rooms: ok({ rooms: Type.Array(RoomSummary) }),
  create: ok({ room: RoomName, kind: RoomKind, title: Type.String() }),
  setTopic: ok({ room: RoomName, seq: Seq, at: Type.Integer() }),
  send: ok({
    room: RoomName,
    seq: Seq,
    at: Type.Integer(),
    duplicate: Type.Optional(Type.Literal(true)),
  }),
  history: ok({
    messages: Type.Array(MessageNow),
    hasOlder: Type.Boolean(),
    hasNewer: Type.Boolean(),
  }),
  read: ok({ room: RoomName, seq: Count }),
  typing: ok({ room: RoomName }),
  heartbeat: ok({ at: Type.Integer() }),
} as const satisfies Record<CommandType, unknown>;

export type ReplyOf<T extends CommandType> = Static<(typeof replySchemas)[T]>;

export const ErrorFrame = Type.Object({
  type: Type.Literal('error'),
  ref,
  code: Type.Enum([...errorCodes]),
  /** A sentence for people: what was wrong and what to do next. */
  message: Type.String(),
  field: Type.Optional(Type.String()),
  retryAfterMs: Type.Optional(Count),
});
export type ErrorFrame = Static<typeof ErrorFrame>;
