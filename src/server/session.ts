import {
  type CloseCode,
  type Command,
  closeCodes,
  type DepartureReason,
  limits,
  Refusal,
  type ServerEvent,
} from '../protocol/index.ts';
import { type Answer, commands, perform } from './commands.ts';
import type { Hub } from './hub.ts';
import type { Batch } from './rooms/batch.ts';
import type { Member } from './rooms/fanout.ts';
import type { Room } from './rooms/room.ts';
import {
  NoSuchRoom,
  type PersonRecord,
  StorageFailure,
  type StoredMembership,
} from './storage/storage.ts';
import type { User } from './user.ts';
import type { Spoke } from './wheel.ts';

/** How a session reaches its peer: the part that a door provides. */
export interface Line {
  /** What concerns this session alone. Leaves at the end of this turn of the event loop. */
  say(event: ServerEvent): void;
  /** What happened in a room, without the first `skip` parcels of the batch. */
  deliver(batch: Batch, skip: number, person: string): void;
  /** That the server lives, at this time. */
  beat(at: number): void;
  close(code: CloseCode, why: string): void;
}

type State =
  /** `helloAt` is when the `hello` came that is being worked on. */
  | {
      readonly kind: 'visitor';
      readonly line: Line;
      since: number;
      helloAt: number | undefined;
    }
  | {
      readonly kind: 'signedIn';
      readonly line: Line;
      readonly user: User;
      readonly rooms: Map<string, Room>;
      beatAt: number;
    }
  /** The wheel keeps it until its next look: it holds on to nothing. */
  | { readonly kind: 'gone' };

type Visitor = Extract<State, { kind: 'visitor' }>;

export type Heartbeat = { readonly everyMs: number; readonly timeoutMs: number };

/** When to try again what the storage cannot take now. */
const UNAVAILABLE_MS = 1_000;

/** One connection of one person, from before it says who it is until it is gone. */
export class Session implements Member, Spoke {
  readonly id: string;
  readonly #hub: Hub;
  readonly #heartbeat: Heartbeat;
  #state: State;
  #heardAt: number;

  constructor(hub: Hub, line: Line, heartbeat: Heartbeat = hub.heartbeat) {
    this.id = hub.random.id('s');
    this.#hub = hub;
    this.#heartbeat = heartbeat;
    this.#heardAt = hub.wheel.now;
    this.#state = { kind: 'visitor', line, since: hub.wheel.now, helloAt: undefined };
    hub.sessions.add(this);
    hub.wheel.add(this, this.#visitorLook);
  }

  get isOpen(): boolean {
    return this.#state.kind !== 'gone';
  }

  isIn(room: string): boolean {
    return this.#state.kind === 'signedIn' && this.#state.rooms.has(room);
  }

  /** Something came from the peer: it is alive. */
  heard(): void {
    this.#heardAt = this.#hub.wheel.now;
  }

  /** Does what a command says, or tells why not. State and rate are checked here, once. */
  async perform(command: Command): Promise<Answer | Refusal> {
    try {
      return await this.#hub.track(() => this.#run(command));
    } catch (error) {
      return this.#refusalOf(error);
    }
  }

  /** From now on this session is that person's. Nothing happens to a session that has gone. */
  signIn(person: PersonRecord, memberships: readonly StoredMembership[]): void {
    if (this.#state.kind !== 'visitor') return;
    const user = this.#hub.userOf(person, this);
    // Where the person is here already, what its sessions know is newer than what was read.
    if (user.sessions.size === 1) {
      for (const { room, role, read } of memberships) user.standings.set(room, { role, read });
    }
    const beatAt = this.#hub.wheel.now + this.#heartbeat.everyMs;
    const { line } = this.#state;
    this.#state = { kind: 'signedIn', line, user, rooms: new Map(), beatAt };
  }

  say(event: ServerEvent): void {
    if (this.#state.kind !== 'gone') this.#state.line.say(event);
  }

  deliver(batch: Batch, skip: number): void {
    if (this.#state.kind !== 'signedIn') return;
    const { line, user } = this.#state;
    line.deliver(batch, skip, user.id);
  }

  leave(name: string, reason: DepartureReason): void {
    if (this.#state.kind !== 'signedIn') return;
    const { user, rooms } = this.#state;
    const room = rooms.get(name);
    if (room === undefined) return;
    rooms.delete(name);
    room.leave(this, user, reason);
    this.#hub.release(room);
  }

  /** Leaves every room and closes the line. */
  close(code: CloseCode, why: string, reason: DepartureReason): void {
    if (this.#state.kind === 'gone') return;
    const { line } = this.#state;
    this.end(reason);
    line.close(code, why);
  }

  /** Something went wrong that is this server's fault: it is noted, and this session ends. */
  fail(error: unknown): void {
    this.#hub.log.error({ error }, 'a session failed');
    this.close(closeCodes.overloaded, 'the server failed at this; come back', 'closed');
  }

  /** The line is gone, or about to be. */
  end(reason: DepartureReason): void {
    if (this.#state.kind === 'gone') return;
    if (this.#state.kind === 'signedIn') {
      const { user, rooms } = this.#state;
      for (const name of rooms.keys()) this.leave(name, reason);
      this.#hub.forget(user, this);
    }
    this.#state = { kind: 'gone' };
    this.#hub.sessions.delete(this);
  }

  turn(now: number): number | undefined {
    switch (this.#state.kind) {
      case 'gone':
        return undefined;
      case 'visitor':
        return this.#awaitHello(now, this.#state);
      case 'signedIn':
        return this.#beat(now, this.#state);
    }
  }

  /** Soon enough for the first heartbeat of someone who has signed in meanwhile. */
  get #visitorLook(): number {
    return Math.min(limits.helloMs, this.#heartbeat.everyMs);
  }

  #awaitHello(now: number, { since, helloAt }: Visitor): number | undefined {
    const left = since + limits.helloMs - (helloAt ?? now);
    if (helloAt !== undefined || left > 0) return Math.min(left, this.#visitorLook);
    const why = `no hello within ${limits.helloMs / 1000} s`;
    this.close(closeCodes.notSignedIn, why, 'timeout');
    return undefined;
  }

  #beat(now: number, state: Extract<State, { kind: 'signedIn' }>): number | undefined {
    const { everyMs, timeoutMs } = this.#heartbeat;
    const silent = now - this.#heardAt;
    if (silent >= timeoutMs) {
      this.close(closeCodes.timeout, `nothing heard for ${timeoutMs / 1000} s`, 'timeout');
      return undefined;
    }
    if (now >= state.beatAt) {
      state.beatAt = now + everyMs;
      state.line.beat(this.#hub.clock.wall());
    }
    return Math.min(state.beatAt - now, timeoutMs - silent);
  }

  async #run(command: Command): Promise<Answer> {
    if (this.#hub.isDraining) {
      throw new Refusal('unavailable', 'the server is stopping; try again in a moment', {
        retryAfterMs: UNAVAILABLE_MS,
      });
    }
    const scene = { hub: this.#hub, session: this };
    if (command.type === 'hello') {
      if (this.#state.kind === 'visitor') {
        return this.#greet(this.#state, async () => commands.hello.run(command, scene));
      }
      throw new Refusal('conflict', 'you are signed in already');
    }
    if (this.#state.kind !== 'signedIn') {
      throw new Refusal('not_authenticated', 'say hello first, with a name or a token');
    }
    const { user, rooms } = this.#state;
    const { rated } = commands[command.type];
    if (rated !== undefined) this.#hub.spend(user, rated);
    return perform(command, { ...scene, user, rooms });
  }

  /** In the line of those who are signing in no time to say hello runs out: it has been said. */
  async #greet(visitor: Visitor, hello: () => Promise<Answer>): Promise<Answer> {
    visitor.helloAt = this.#hub.wheel.now;
    try {
      return await this.#hub.reception.pass(async () => {
        if (!this.isOpen) throw new Refusal('unavailable', 'the connection has gone meanwhile');
        return hello();
      });
    } finally {
      visitor.since += this.#hub.wheel.now - visitor.helloAt;
      visitor.helloAt = undefined;
    }
  }

  #refusalOf(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    if (error instanceof NoSuchRoom) return new Refusal('not_found', error.message);
    if (error instanceof StorageFailure) {
      this.#hub.log.warn({ reason: error.message }, 'the storage refused a change');
      const message = 'the storage cannot take this now; try again in a moment';
      return new Refusal('unavailable', message, { retryAfterMs: UNAVAILABLE_MS });
    }
    this.#hub.log.error({ error }, 'a command failed');
    return new Refusal('internal', 'the server failed at this; it is noted, please try again');
  }
}
