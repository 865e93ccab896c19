import {
  type Command,
  type CommandOf,
  type CommandType,
  limits,
  Refusal,
  type ReplyOf,
} from '../protocol/index.ts';
import type { Hub } from './hub.ts';
import type { Rated } from './rate-limit.ts';
import type { Position, Room } from './rooms/room.ts';
import type { Session } from './session.ts';
import { NoSuchRoom, type Page, type Standing } from './storage/storage.ts';
import type { User } from './user.ts';

/** What a command is answered with. */
export type Answer<T extends CommandType = CommandType> = {
  readonly reply: T extends CommandType ? Replied<T> : never;
  /** Encoded events that go into the reply as its last field, `events`. */
  readonly events?: readonly Uint8Array[];
  /** Encoded events that follow the reply, a frame each. */
  readonly next?: readonly Uint8Array[];
};

/** A reply before it has its `ref` and, to a `join`, its events. */
type Replied<T extends CommandType> =
  ReplyOf<T> extends infer Reply
    ? Reply extends { events: unknown }
      ? Omit<Reply, 'events'>
      : Reply
    : never;

/** Where a command of someone who is not signed in runs. */
type Scene = { readonly hub: Hub; readonly session: Session };
/** The same once signed in. */
export type Inside = Scene & { readonly user: User; readonly rooms: Map<string, Room> };

/** `held`: the commands behind this one wait until it is done. `free`: they do not. */
type Order = 'held' | 'free';

type Rule<T extends CommandType, Where> = {
  readonly order: Order;
  /** Which of the person's rate limits it counts against. */
  readonly rated?: Rated;
  run(command: CommandOf<T>, where: Where): Promise<Answer<T>> | Answer<T>;
};

type InsideType = Exclude<CommandType, 'hello'>;

type Table = { readonly hello: Rule<'hello', Scene> } & {
  readonly [T in InsideType]: Rule<T, Inside>;
};

/** Every command: when it may come, what it costs, what it does. */
export const commands: Table = {
  hello: {
    order: 'held',
    async run({ token, name }, { hub, session }) {
      if (token === undefined && name === undefined) {
        throw new Refusal('invalid', 'say hello with a "name" or a "token"', { field: 'name' });
      }
      const visitor =
        token === undefined
          ? await hub.people.welcome(name ?? '')
          : await hub.people.recognize(token);
      if (token === undefined && !session.isOpen) {
        // Nobody will ever bring the token, so nobody need be kept out of the name.
        await hub.people.forget(visitor.person);
      }
      const memberships = token === undefined ? [] : await hub.storage.memberships(visitor.person);
      session.signIn(visitor.person, memberships);
      return {
        reply: {
          type: 'welcome',
          session: session.id,
          user: { id: visitor.person.id, name: visitor.person.name, kind: visitor.person.kind },
          ...(visitor.token === undefined ? {} : { token: visitor.token }),
          epoch: hub.storage.epoch,
          server: hub.about,
          heartbeat: hub.heartbeat,
          limits: { frameBytes: limits.frameBytes, textChars: limits.textChars },
          rooms: memberships.map(({ role: _, ...membership }) => membership),
        },
      };
    },
  },

  join: {
    order: 'held',
    rated: 'moved',
    run: (command, scene) => scene.user.inTurn(() => join(command, scene)),
  },

  leave: {
    order: 'held',
    rated: 'moved',
    run: (command, scene) => scene.user.inTurn(() => leave(command, scene)),
  },

  rooms: {
    order: 'held',
    async run({ query = '' }, { hub, user }) {
      const found = await hub.storage.rooms(query, limits.listedRooms);
      const listed = found.map((record) => ({
        ...record,
        memberCount: hub.presentIn(record.room),
        joined: user.standings.has(record.room),
      }));
      return { reply: { type: 'ok', rooms: listed } };
    },
  },

  create: {
    order: 'held',
    rated: 'said',
    async run({ room, kind = 'public', title = '' }, { hub, user }) {
      const at = hub.clock.wall();
      const created = await hub.storage.createRoom({ room, kind, title, at, owner: user.id });
      if (!created) throw new Refusal('conflict', `there is a room ${room} already; join it`);
      user.standings.set(room, { role: 'owner', read: 0 });
      return { reply: { type: 'ok', room, kind, title } };
    },
  },

  setTopic: {
    order: 'held',
    rated: 'said',
    async run({ room: name, topic }, scene) {
      const room = await joined(name, scene);
      const { hub, session, user } = scene;
      const draft = { room: name, at: hub.clock.wall(), from: user.person, topic };
      const { seq, at } = await room.publish({ type: 'topicSet', ...draft }, session);
      return { reply: { type: 'ok', room: name, seq, at } };
    },
  },

  send: {
    order: 'free',
    rated: 'said',
    async run({ room: name, text, key, replyTo }, scene) {
      const room = scene.rooms.get(name) ?? (await joined(name, scene));
      if (replyTo !== undefined && replyTo > room.head) {
        throw new Refusal('not_found', `${name} has no message ${replyTo} to reply to`);
      }
      const { hub, session, user } = scene;
      const draft = {
        type: 'message' as const,
        room: name,
        at: hub.clock.wall(),
        from: user.person,
        text,
        ...(key === undefined ? {} : { key }),
        ...(replyTo === undefined ? {} : { replyTo }),
      };
      const { kind, seq, at } = await room.publish(draft, session);
      const reply = { type: 'ok', room: name, seq, at } as const;
      return { reply: kind === 'duplicate' ? { ...reply, duplicate: true } : reply };
    },
  },

  history: {
    order: 'held',
    async run(command, { hub }) {
      const page = await hub.storage.messages(command.room, pageOf(command));
      return { reply: { type: 'ok', ...page } };
    },
  },

  read: {
    order: 'free',
    run: (command, scene) => scene.user.inTurn(() => read(command, scene)),
  },

  typing: {
    order: 'free',
    async run({ room: name }, scene) {
      const { hub, user } = scene;
      const room = scene.rooms.get(name) ?? (await joined(name, scene));
      const now = hub.clock.steady();
      if (now - user.typedAt >= limits.typingMs) {
        user.typedAt = now;
        room.tell({ type: 'typing', room: name, user: user.person }, user.id);
      }
      return { reply: { type: 'ok', room: name } };
    },
  },

  heartbeat: {
    order: 'free',
    run: (_, { hub }) => ({ reply: { type: 'ok', at: hub.clock.wall() } }),
  },
};

/** Runs a command of someone who is signed in. */
export function perform(
  command: Exclude<Command, { type: 'hello' }>,
  where: Inside,
): Promise<Answer> | Answer {
  switch (command.type) {
    case 'join':
      return commands.join.run(command, where);
    case 'leave':
      return commands.leave.run(command, where);
    case 'rooms':
      return commands.rooms.run(command, where);
    case 'create':
      return commands.create.run(command, where);
    case 'setTopic':
      return commands.setTopic.run(command, where);
    case 'send':
      return commands.send.run(command, where);
    case 'history':
      return commands.history.run(command, where);
    case 'read':
      return commands.read.run(command, where);
    case 'typing':
      return commands.typing.run(command, where);
    case 'heartbeat':
      return commands.heartbeat.run(command, where);
  }
}

async function join(
  { room: name, after, epoch }: CommandOf<'join'>,
  scene: Inside,
): Promise<Answer<'join'>> {
  const { hub, session, user, rooms } = scene;
  const standing = await standingIn(name, scene);
  const since = after === undefined ? undefined : position(after, epoch, hub);
  const { room, catchUp } = await hub.enter(name, session, user, since);
  rooms.set(name, room);
  const { kind, title, topic, presence } = room;
  const common = {
    type: 'ok' as const,
    room: name,
    kind,
    title,
    topic,
    head: catchUp.head,
    ...standing,
    members: [...presence.list()],
    memberCount: presence.count,
  };
  if (catchUp.kind === 'replayed') {
    return { reply: { ...common, catchUp: 'replayed' }, events: catchUp.events };
  }
  const { messages, hasOlder, next } = catchUp;
  return { reply: { ...common, catchUp: 'reset', messages: [...messages], hasOlder }, next };
}

async function leave({ room: name }: CommandOf<'leave'>, scene: Inside): Promise<Answer<'leave'>> {
  const { hub, session, user } = scene;
  if (!session.isIn(name) && !user.standings.has(name)) throw await notJoined(name, hub);
  const others = [...user.sessions].filter((other) => other !== session && other.isIn(name));
  if (others.length === 0) {
    await hub.storage.leave(name, user.id);
    user.standings.delete(name);
  }
  session.leave(name, 'left');
  return { reply: { type: 'ok', room: name } };
}

async function read(
  { room, seq }: CommandOf<'read'>,
  { hub, session, user }: Inside,
): Promise<Answer<'read'>> {
  const standing = user.standings.get(room);
  if (standing === undefined) throw await notJoined(room, hub);
  const mark = await hub.storage.markRead(room, user.id, seq);
  user.standings.set(room, { ...standing, read: mark });
  if (mark > standing.read) {
    for (const other of user.sessions) {
      if (other !== session) other.say({ type: 'read', room, seq: mark });
    }
  }
  return { reply: { type: 'ok', room, seq: mark } };
}

/** The room that this session is in. Throws `not_joined` or `not_found`. */
async function joined(name: string, { hub, rooms }: Inside): Promise<Room> {
  const room = rooms.get(name);
  if (room === undefined) throw await notJoined(name, hub);
  return room;
}

async function notJoined(name: string, hub: Hub): Promise<Refusal> {
  if ((await hub.storage.room(name)) === undefined) throw new NoSuchRoom(name);
  return new Refusal('not_joined', `you are not in ${name}; join it first`);
}

/** Makes the person a member where it is none, and the room where there is none. */
async function standingIn(name: string, { hub, user }: Inside): Promise<Standing> {
  const known = user.standings.get(name);
  if (known !== undefined) return known;
  const at = hub.clock.wall();
  if ((await hub.storage.room(name)) === undefined) {
    hub.spend(user, 'said');
    const room = { room: name, kind: 'public', title: '', at, owner: user.id } as const;
    await hub.storage.createRoom(room);
  }
  const standing = await hub.storage.enter(name, user.id, at);
  user.standings.set(name, standing);
  return standing;
}

/** Without an epoch the client means the one it was welcomed with. */
function position(after: number, epoch: string | undefined, hub: Hub): Position {
  return { after, epoch: epoch ?? hub.storage.epoch };
}

function pageOf({ before, after, around, limit }: CommandOf<'history'>): Page {
  const size = { limit: limit ?? limits.historyDefault };
  const given = [before, after, around].filter((seq) => seq !== undefined);
  if (given.length > 1) {
    const message = 'history takes one of "before", "after" and "around", not several';
    throw new Refusal('invalid', message, { field: 'before' });
  }
  if (before !== undefined) return { ...size, before };
  if (after !== undefined) return { ...size, after };
  if (around !== undefined) return { ...size, around };
  return { ...size, latest: true };
}
