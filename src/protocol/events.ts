import Type, { type Static, type TProperties } from 'typebox';
import { RoomName, Seq } from './commands.ts';

/** Events: what the server sends unasked. Nouns or past tense. */

const At = Type.Integer({ description: 'milliseconds since the Unix epoch, the server’s clock' });

export const Person = Type.Object({ id: Type.String(), name: Type.String() });
export type Person = Static<typeof Person>;

const kept = { room: RoomName, seq: Seq, at: At, from: Person };

/** What a person said. Everyone in the room gets the same bytes. */
export const Message = Type.Object({
  type: Type.Literal('message'),
  ...kept,
  text: Type.String(),
  key: Type.Optional(Type.String()),
  replyTo: Type.Optional(Seq),
});

export const TopicSet = Type.Object({
  type: Type.Literal('topicSet'),
  ...kept,
  topic: Type.String(),
});

/** A change of a room: it has a `seq`, is on disk, and can be replayed. */
export const RoomEvent = Type.Union([Message, TopicSet]);
export type RoomEvent = Static<typeof RoomEvent>;

function passing<const T extends string, P extends TProperties>(type: T, fields: P) {
  return Type.Object({ type: Type.Literal(type), ...fields });
}

/** A person's first session entered the room. */
export const Connected = passing('connected', { room: RoomName, user: Person, at: At });

/** A person's last session in the room is gone. */
export const Disconnected = passing('disconnected', {
  room: RoomName,
  user: Person,
  at: At,
  reason: Type.Enum(['left', 'closed', 'timeout', 'slow', 'kicked']),
});
export type DepartureReason = Static<typeof Disconnected>['reason'];

/** Instead of the two above where many are present. */
export const Presence = passing('presence', {
  room: RoomName,
  memberCount: Type.Integer({ minimum: 0 }),
});

export const TypingNow = passing('typing', { room: RoomName, user: Person });

/** Another session of this person moved its read mark. */
export const ReadMoved = passing('read', { room: RoomName, seq: Seq });

export const HeartbeatEvent = passing('heartbeat', { at: At });

/** The server's own word. */
export const Notice = passing('notice', {
  level: Type.Enum(['info', 'warning']),
  text: Type.String(),
  at: At,
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type Notice = Static<typeof Notice>;

/** What a room tells its members without keeping it. */
export const PassingEvent = Type.Union([Connected, Disconnected, Presence, TypingNow]);
export type PassingEvent = Static<typeof PassingEvent>;

export const ServerEvent = Type.Union([RoomEvent, PassingEvent, ReadMoved, HeartbeatEvent, Notice]);
export type ServerEvent = Static<typeof ServerEvent>;
