import type { Clock } from '../../src/client/index.ts';
import type { Command, CommandOf } from '../../src/protocol/commands.ts';
import type { ErrorCode } from '../../src/protocol/errors.ts';
import type { Person, RoomEvent } from '../../src/protocol/events.ts';
import type { Membership, MessageNow } from '../../src/protocol/replies.ts';
import type { RoomKind } from '../../src/protocol/roles.ts';
import type { Host, Peer } from './network.ts';

interface ModelRoom {
  readonly name: string;
  /** Event `n` is at index `n - 1`. */
  readonly log: RoomEvent[];
  readonly receipts: Map<string, { seq: number; at: number }>;
  topic: string;
  kind: RoomKind;
}

interface Session {
  readonly peer: Peer;
  user: Person | undefined;
  readonly rooms: Set<string>;
}

interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** Where a test bends the server. Left alone, it keeps every promise. */
export interface Faults {
  /** Passes an event on: now, later, twice or never. */
  deliver(now: () => void): void;
  /** Passes a command on to the server: now, later, twice or never. */
  receive(command: Command, now: () => void): void;
  /** Passes the answer to this command on: now, later, twice or never. */
  answer(command: Command, now: () => void): void;
  /** A refusal instead of what the command asks for. */
  refuse(command: Command): Refusal | undefined;
}

const EVERY_MS = 15_000;
const REPLAY = 1_000;
const LATEST = 50;

/** The server as the protocol describes it, in memory: what is in `rooms` survives everything. */
export class ModelServer implements Host {
  readonly rooms = new Map<string, ModelRoom>();
  readonly commands: Command[] = [];
  readonly faults: Faults = {
    deliver: (now) => now(),
    receive: (_command, now) => now(),
    answer: (_command, now) => now(),
    refuse: () => undefined,
  };
  epoch = 'epoch-1';
  /** Where it says, in its welcome, that a person is a member. */
  memberships: readonly Membership[] = [];
  readonly #users = new Map<string, Person>();
  readonly #sessions = new Set<Session>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#beat();
  }

  accept(peer: Peer) {
    const session: Session = { peer, user: undefined, rooms: new Set() };
    this.#sessions.add(session);
    return {
      received: (text: string) => {
        const command: Command = JSON.parse(text);
        this.faults.receive(command, () => {
          if (this.#sessions.has(session)) this.#receive(session, command);
        });
      },
      closed: () => {
        this.#sessions.delete(session);
      },
    };
  }

  /** Tells every session to go, with `code`. */
  close(code: number, reason = ''): void {
    for (const { peer } of this.#sessions) peer.close(code, reason);
    this.#sessions.clear();
  }

  /** Sends a frame to every session, as it is. */
  say(frame: object): void {
    for (const { peer } of this.#sessions) peer.send(JSON.stringify(frame));
  }

  /** Goes back to a backup from before the last `lost` events of each room: another history. */
  restoreBackup(lost: number): void {
    this.epoch = `epoch-${this.#clock.now()}`;
    for (const room of this.rooms.values()) {
      room.log.splice(Math.max(0, room.log.length - lost));
      for (const [key, { seq }] of room.receipts) {
        if (seq > room.log.length) room.receipts.delete(key);
      }
    }
  }

  /** What a person without a client says. Gives its `seq`. */
  post(roomName: string, text: string, from: Person = { id: 'u_bob', name: 'bob' }): number {
    return this.#append(this.room(roomName), (seq, at) => {
      return { type: 'message', room: roomName, seq, at, from, text };
    });
  }

  room(name: string): ModelRoom {
    const known = this.rooms.get(name);
    if (known !== undefined) return known;
    const made: ModelRoom = { name, log: [], receipts: new Map(), topic: '', kind: 'public' };
    this.rooms.set(name, made);
    return made;
  }

  messages(name: string): MessageNow[] {
    return this.room(name).log.flatMap((event) => {
      if (event.type !== 'message') return [];
      const { type: _type, ...message } = event;
      return [message];
    });
  }

  #append(room: ModelRoom, make: (seq: number, at: number) => RoomEvent): number {
    const event = make(room.log.length + 1, this.#clock.now());
    room.log.push(event);
    for (const session of this.#sessions) {
      if (!session.rooms.has(room.name)) continue;
      this.faults.deliver(() => {
        if (this.#sessions.has(session)) session.peer.send(JSON.stringify(event));
      });
    }
    return event.seq;
  }

  #receive(session: Session, command: Command): void {
    this.commands.push(command);
    const refusal = this.faults.refuse(command);
    const outcome = refusal ?? this.#perform(session, command);
    if (outcome === undefined || command.ref === undefined) return;
    const type = 'code' in outcome ? 'error' : command.type === 'hello' ? 'welcome' : 'ok';
    const reply = JSON.stringify({ type, ref: command.ref, ...outcome });
    if (command.type === 'join' && type === 'ok') session.rooms.add(command.room);
    this.faults.answer(command, () => {
      if (this.#sessions.has(session)) session.peer.send(reply);
    });
  }

  #perform(session: Session, command: Command): object | Refusal | undefined {
    const { user } = session;
    if (command.type === 'hello') return this.#hello(session, command);
    if (command.type === 'heartbeat') return { at: this.#clock.now() };
    if (user === undefined) return { code: 'not_authenticated', message: 'say hello first' };
    switch (command.type) {
      case 'join':
        return this.#join(command, user);
      case 'leave':
        session.rooms.delete(command.room);
        return { room: command.room };
      case 'send':
        if (!session.rooms.has(command.room)) return { code: 'not_joined', message: 'join first' };
        return this.#send(command, user);
      case 'setTopic':
        return this.#setTopic(command, user);
      case 'history':
        return this.#history(command);
      case 'read':
        return { room: command.room, seq: command.seq };
      case 'rooms':
        return { rooms: [...this.rooms.keys()].map((room) => ({ room, joined: true })) };
      case 'create':
        return { room: this.room(command.room).name, kind: 'public', title: command.title ?? '' };
      case 'typing':
        return undefined;
    }
  }

  #hello(session: Session, { name, token }: CommandOf<'hello'>): object | Refusal {
    if (session.user !== undefined) return { code: 'conflict', message: 'signed in already' };
    const known = token === undefined ? undefined : this.#users.get(token);
    if (token !== undefined && known === undefined) {
      return { code: 'bad_token', message: 'nobody has this token; sign in with a name' };
    }
    const user = known ?? { id: `u_${this.#users.size + 1}`, name: name ?? '' };
    const kept = token ?? `token-${user.id}`;
    this.#users.set(kept, user);
    session.user = user;
    return {
      session: `s_${user.id}`,
      user: { ...user, kind: 'guest' },
      token: kept,
      epoch: this.epoch,
      server: { name: 'model', version: '0' },
      heartbeat: { everyMs: EVERY_MS, timeoutMs: 3 * EVERY_MS },
      limits: { frameBytes: 65_536, textChars: 4_000 },
      rooms: this.memberships,
    };
  }

  #join({ room: name, after, epoch }: CommandOf<'join'>, user: Person): object {
    const room = this.room(name);
    const head = room.log.length;
    const facts = {
      room: name,
      kind: room.kind,
      title: '',
      topic: room.topic,
      head,
      role: 'member',
      read: 0,
      members: [user],
      memberCount: 1,
    };
    if (after !== undefined && epoch === this.epoch && after <= head && head - after <= REPLAY) {
      return { ...facts, catchUp: 'replayed', events: room.log.slice(after) };
    }
    const messages = this.messages(name);
    const hasOlder = messages.length > LATEST;
    return { ...facts, catchUp: 'reset', messages: messages.slice(-LATEST), hasOlder };
  }

  #send({ room: name, text, key, replyTo }: CommandOf<'send'>, from: Person): object {
    const room = this.room(name);
    const once = `${from.id} ${key}`;
    const known = key === undefined ? undefined : room.receipts.get(once);
    if (known !== undefined) return { room: name, ...known, duplicate: true };
    const more = {
      ...(key === undefined ? {} : { key }),
      ...(replyTo === undefined ? {} : { replyTo }),
    };
    const at = this.#clock.now();
    const receipt = { seq: room.log.length + 1, at };
    room.receipts.set(once, receipt);
    this.#append(room, (seq) => ({ type: 'message', room: name, seq, at, from, text, ...more }));
    return { room: name, ...receipt };
  }

  #setTopic({ room: name, topic }: CommandOf<'setTopic'>, from: Person): object {
    const room = this.room(name);
    room.topic = topic;
    const at = this.#clock.now();
    const seq = this.#append(room, (next) => {
      return { type: 'topicSet', room: name, seq: next, at, from, topic };
    });
    return { room: name, seq, at };
  }

  #history({
    room,
    before = Number.POSITIVE_INFINITY,
    limit = LATEST,
  }: CommandOf<'history'>): object {
    const older = this.messages(room).filter(({ seq }) => seq < before);
    return { messages: older.slice(-limit), hasOlder: older.length > limit, hasNewer: true };
  }

  #beat(): void {
    this.#clock.after(EVERY_MS, () => {
      this.say({ type: 'heartbeat', at: this.#clock.now() });
      this.#beat();
    });
  }
}
