import { type CloseCode, Refusal, type RoomEvent } from '../protocol/index.ts';
import type { Bus } from './bus/bus.ts';
import type { Clock } from './clock.ts';
import { Gate } from './gate.ts';
import type { Log } from './log.ts';
import type { People } from './people/people.ts';
import type { Random } from './random.ts';
import type { Rated, RateLimit } from './rate-limit.ts';
import { type CatchUp, type Position, Room } from './rooms/room.ts';
import type { Heartbeat, Session } from './session.ts';
import { NoSuchRoom, type PersonRecord, type Storage } from './storage/storage.ts';
import { User } from './user.ts';
import type { Wheel } from './wheel.ts';

export type HubTools = {
  readonly storage: Storage;
  readonly bus: Bus;
  readonly people: People;
  readonly clock: Clock;
  readonly random: Random;
  readonly wheel: Wheel;
  readonly log: Log;
  readonly heartbeat: Heartbeat;
  /** Undefined where people may do as much as they like. */
  readonly rateLimits: Readonly<Record<Rated, RateLimit>> | undefined;
  readonly about: { readonly name: string; readonly version: string };
};

/** What all rooms together keep of their last events, about: each keeps to its share as it speaks. */
const TAILS_BYTES = 64 * 1024 * 1024;
const LEAST_TAIL_BYTES = 16 * 1024;
const MOST_TAIL_BYTES = 1024 * 1024;

/** How many may be signing in at once. */
const SIGNING_IN = 32;

const PROBE_EVERY_MS = 1_000;

type Loading = { readonly done: Promise<Room | undefined>; heard: number };

/** Who is here and which rooms are open. Doors bring sessions in; the hub knows no door. */
export class Hub {
  readonly storage: Storage;
  readonly people: People;
  readonly clock: Clock;
  readonly random: Random;
  readonly wheel: Wheel;
  readonly log: Log;
  readonly heartbeat: Heartbeat;
  readonly about: HubTools['about'];
  readonly sessions = new Set<Session>();
  /** When all come at once, every connection is opened before most are signed in. */
  readonly reception: Gate;
  readonly #bus: Bus;
  readonly #rateLimits: HubTools['rateLimits'];
  readonly #users = new Map<string, User>();
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Loading>();
  #probe: { readonly at: number; readonly outcome: Promise<string | undefined> } | undefined;
  #draining = false;
  #busy = 0;
  #whenIdle: () => void = () => {};

  constructor(tools: HubTools) {
    this.storage = tools.storage;
    this.people = tools.people;
    this.clock = tools.clock;
    this.reception = new Gate(SIGNING_IN, tools.clock);
    this.random = tools.random;
    this.wheel = tools.wheel;
    this.log = tools.log;
    this.heartbeat = tools.heartbeat;
    this.about = tools.about;
    this.#bus = tools.bus;
    this.#rateLimits = tools.rateLimits;
    this.#bus.listen((event) => this.#deliver(event));
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Runs what a peer asked for, so that a server which stops waits for it. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#whenIdle();
    }
  }

  /** Tells everyone, takes nothing new, and finishes what was begun, for `mostMs` at the longest. */
  async drain(retryAfterMs: number, mostMs: number): Promise<void> {
    this.#draining = true;
    const text = 'the server is stopping; whoever comes back in a moment misses nothing';
    const notice = { type: 'notice', level: 'warning', text, retryAfterMs } as const;
    for (const session of this.sessions) session.say({ ...notice, at: this.clock.wall() });
    if (this.#busy > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#whenIdle = resolve;
      const callOff = this.clock.after(mostMs, resolve);
      await promise;
      callOff();
      // What has just finished is answered in this turn of the event loop.
      await new Promise<void>((done) => setImmediate(done));
    }
    for (const room of this.#rooms.values()) room.flush();
  }

  /** Undefined while people can talk here, else the reason why not. Asks the disk once a second. */
  whyNotReady(): Promise<string | undefined> {
    const now = this.clock.steady();
    if (this.#probe === undefined || now - this.#probe.at >= PROBE_EVERY_MS) {
      this.#probe = { at: now, outcome: this.#tryStoring() };
    }
    return this.#draining ? Promise.resolve('the server is stopping') : this.#probe.outcome;
  }

  async #tryStoring(): Promise<string | undefined> {
    try {
      await this.storage.probe();
      return undefined;
    } catch (error) {
      return `the storage takes no changes: ${error instanceof Error ? error.message : error}`;
    }
  }

  closeAll(code: CloseCode, why: string): void {
    for (const session of this.sessions) session.close(code, why, 'closed');
  }

  /** The user that all sessions of this person share. */
  userOf(person: PersonRecord, session: Session): User {
    const user = this.#users.get(person.id) ?? new User(person);
    this.#users.set(person.id, user);
    user.sessions.add(session);
    return user;
  }

  forget(user: User, session: Session): void {
    user.sessions.delete(session);
    if (user.sessions.size === 0) this.#users.delete(user.id);
  }

  /** Takes one from what the person may do. Throws `rate_limited`. */
  spend(user: User, what: Rated): void {
    const limit = this.#rateLimits?.[what];
    const retryAfterMs = limit?.take(user.id, this.clock.steady()) ?? 0;
    if (retryAfterMs === 0) return;
    throw new Refusal('rate_limited', `${limit?.text}; wait a moment`, { retryAfterMs });
  }

  /** Brings a session into a room. Throws `NoSuchRoom`, or `not_authenticated` once it has gone. */
  async enter(
    name: string,
    session: Session,
    user: User,
    since: Position | undefined,
  ): Promise<{ room: Room; catchUp: CatchUp }> {
    const room = this.#rooms.get(name);
    if (room === undefined) {
      if ((await this.#load(name)) === undefined) throw new NoSuchRoom(name);
      return this.enter(name, session, user, since);
    }
    try {
      const catchUp = await room.join(session, user, since);
      if (catchUp === undefined) throw new Refusal('not_authenticated', 'this session has ended');
      return { room, catchUp };
    } finally {
      this.release(room);
    }
  }

  /** Forgets a room that nobody is in any more. */
  release(room: Room): void {
    if (room.isEmpty && this.#rooms.get(room.name) === room) this.#rooms.delete(room.name);
  }

  presentIn(room: string): number {
    return this.#rooms.get(room)?.presence.count ?? 0;
  }

  #load(name: string): Promise<Room | undefined> {
    const under = this.#loading.get(name);
    if (under !== undefined) return under.done;
    const loading = { done: this.#read(name), heard: 0 };
    this.#loading.set(name, loading);
    return loading.done;
  }

  async #read(name: string): Promise<Room | undefined> {
    try {
      const record = await this.storage.room(name);
      if (record === undefined) return undefined;
      const room = new Room(record, {
        storage: this.storage,
        bus: this.#bus,
        clock: this.clock,
        log: this.log,
        tailBytes: () => this.#tailBytes(),
      });
      room.hear(this.#loading.get(name)?.heard ?? 0);
      this.#rooms.set(name, room);
      return room;
    } finally {
      this.#loading.delete(name);
    }
  }

  #deliver(event: RoomEvent): void {
    this.#rooms.get(event.room)?.deliver(event);
    const loading = this.#loading.get(event.room);
    if (loading !== undefined) loading.heard = Math.max(loading.heard, event.seq);
  }

  #tailBytes(): number {
    const share = TAILS_BYTES / this.#rooms.size;
    return Math.min(MOST_TAIL_BYTES, Math.max(LEAST_TAIL_BYTES, share));
  }
}
