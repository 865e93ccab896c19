import {
  type DepartureReason,
  limits,
  type MessageNow,
  type PassingEvent,
  payload,
  type RoomEvent,
  textFrame,
} from '../../protocol/index.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Appended, Draft, RoomRecord, Storage } from '../storage/storage.ts';
import type { User } from '../user.ts';
import { parcelOf } from './batch.ts';
import { Crowd } from './crowd.ts';
import { Fanout, type Member } from './fanout.ts';
import { Presence } from './presence.ts';
import { type Capacity, Tail } from './tail.ts';

/** How long to wait before asking again a storage that could not fill a gap, in milliseconds. */
const REPAIR_AGAIN_MS = 1_000;

/** A bound that nobody reaches whose storage still answers. */
const WHILE_JOINING: Capacity = { bytes: 32 * 1024 * 1024, events: 100_000 };

export type RoomTools = {
  readonly storage: Storage;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** How many bytes of its last events a room may keep in memory. */
  readonly tailBytes: () => number;
};

/** Up to where a reader has seen a room, and in which history. */
export type Position = { readonly after: number; readonly epoch: string };

/** How a reader is brought up to `head`; what comes after that follows live. */
export type CatchUp =
  | { readonly kind: 'replayed'; readonly head: number; readonly events: readonly Uint8Array[] }
  | {
      readonly kind: 'reset';
      readonly head: number;
      readonly messages: readonly MessageNow[];
      readonly hasOlder: boolean;
      /** Events after `head` that were delivered while the messages were read. */
      readonly next: readonly Uint8Array[];
    };

/**
 * A room that someone is in. Order lives here and nowhere else: `publish` lets the
 * storage give an event its place, `deliver` hands events on in exactly that order.
 */
export class Room {
  readonly name: string;
  readonly kind: RoomRecord['kind'];
  readonly title: string;
  readonly presence = new Presence();
  readonly #tools: RoomTools;
  readonly #fanout: Fanout;
  readonly #crowd: Crowd;
  readonly #tail: Tail;
  #topic: string;
  /** The `seq` of the last event delivered. */
  #head: number;
  /** The highest `seq` heard of. */
  #heard: number;
  #joining = 0;
  #repairing = false;
  #warming: Promise<void> | undefined;

  constructor(record: RoomRecord, tools: RoomTools) {
    this.name = record.room;
    this.kind = record.kind;
    this.title = record.title;
    this.#topic = record.topic;
    this.#head = record.head;
    this.#heard = record.head;
    this.#tail = new Tail(record.head);
    this.#tools = tools;
    this.#fanout = new Fanout(tools.clock);
    this.#crowd = new Crowd(tools.clock, () =>
      this.tell({ type: 'presence', room: this.name, memberCount: this.presence.count }),
    );
  }

  get head(): number {
    return this.#head;
  }

  get topic(): string {
    return this.#topic;
  }

  get isEmpty(): boolean {
    return this.#fanout.size === 0 && this.#joining === 0;
  }

  /** Stores what `by` did, then tells everyone. Resolves once it is safe on disk. */
  async publish(draft: Draft, by?: Member): Promise<Appended> {
    const appended = await this.#tools.storage.append(draft);
    if (appended.kind === 'appended') {
      this.#tools.bus.publish({ ...draft, seq: appended.seq });
      if (by !== undefined) this.#fanout.hurry(by);
    }
    return appended;
  }

  /** Takes a stored event: the next one is passed on, a gap is filled first, the old is dropped. */
  deliver(event: RoomEvent): void {
    if (event.seq === this.#head + 1) this.#advance(event);
    this.hear(event.seq);
  }

  /** There are events up to `seq`: what is missing here is read from the storage. */
  hear(seq: number): void {
    this.#heard = Math.max(this.#heard, seq);
    if (this.#heard > this.#head && !this.#repairing) void this.#repair();
  }

  /** Tells everyone here something that is not kept; `except` is a person who is not told. */
  tell(event: PassingEvent, except?: string): void {
    this.#fanout.push(parcelOf(event, except));
  }

  /**
   * Brings a member in, or up to date when it is in already. The member takes part from
   * the same turn of the event loop in which this resolves, so that an answer said then
   * comes before anything newer and nothing falls between. Undefined: it has gone meanwhile.
   */
  async join(member: Member, user: User, since?: Position): Promise<CatchUp | undefined> {
    this.#joining += 1;
    try {
      return await this.#catchUp(since, () => {
        if (!member.isOpen) return false;
        this.#enter(member, user);
        return true;
      });
    } finally {
      this.#joining -= 1;
    }
  }

  /** Brings everything that is pending to everyone, now. */
  flush(): void {
    this.#fanout.flush();
  }

  /** Takes a member out; the room is told when it was the person's last. */
  leave(member: Member, user: User, reason: DepartureReason): void {
    this.#fanout.remove(member);
    const wasCrowd = this.presence.isCrowd;
    if (!this.presence.leave(user.person)) return;
    if (wasCrowd) this.#crowd.changed();
    else this.tell({ ...this.#moved(user), type: 'disconnected', reason });
  }

  /** Reads until what was read meets what is delivered, and enters in that very turn. */
  async #catchUp(since: Position | undefined, enter: () => boolean): Promise<CatchUp | undefined> {
    for (;;) {
      const base = await this.#readUpToTail(this.#isReplayable(since) ? since : undefined);
      const rest = this.#tail.since(base.head);
      if (rest === undefined) continue;
      if (base.kind === 'reset') return enter() ? { ...base, next: rest } : undefined;
      const events = [...base.events, ...rest];
      if (events.length > limits.replayEvents) continue;
      return enter() ? { kind: 'replayed', head: this.#head, events } : undefined;
    }
  }

  #enter(member: Member, user: User): void {
    if (this.#fanout.has(member)) {
      this.#fanout.add(member);
      return;
    }
    if (this.presence.enter(user.person)) {
      if (this.presence.isCrowd) this.#crowd.changed();
      else this.tell({ ...this.#moved(user), type: 'connected' });
    }
    this.#fanout.add(member);
  }

  #moved(user: User) {
    return { room: this.name, user: user.person, at: this.#tools.clock.wall() };
  }

  #isReplayable(since: Position | undefined): since is Position {
    if (since === undefined || since.epoch !== this.#tools.storage.epoch) return false;
    const behind = this.#head - since.after;
    return behind >= 0 && behind <= limits.replayEvents;
  }

  /** What the storage has to give before the tail can go on from there. */
  async #readUpToTail(since: Position | undefined): Promise<CatchUp> {
    if (since === undefined) return this.#latest();
    const { after } = since;
    if (after < this.#tail.before) {
      this.#warming ??= this.#warm().catch((error) => {
        this.#warming = undefined;
        throw error;
      });
      await this.#warming;
    }
    if (after >= this.#tail.before) return { kind: 'replayed', head: after, events: [] };
    const stored = await this.#tools.storage.events(this.name, after, limits.replayEvents);
    // The storage may know more than was delivered here: that comes live.
    const events = stored.filter(({ seq }) => seq <= this.#head);
    return { kind: 'replayed', head: after + events.length, events: events.map(encoded) };
  }

  async #latest(): Promise<CatchUp> {
    const head = this.#head;
    const page = { latest: true, limit: limits.resetMessages } as const;
    const { messages, hasOlder } = await this.#tools.storage.messages(this.name, page);
    const seen = messages.filter(({ seq }) => seq <= head);
    return { kind: 'reset', head, messages: seen, hasOlder, next: [] };
  }

  /** Reads once what came before this room was opened, for all who come back at the same time. */
  async #warm(): Promise<void> {
    const { before } = this.#tail;
    const after = Math.max(0, before - limits.replayEvents);
    const events = await this.#tools.storage.events(this.name, after, before - after);
    if (this.#tail.before === before) {
      this.#tail.extend(events.map(encoded), this.#tools.tailBytes());
    }
  }

  #advance(event: RoomEvent): void {
    const parcel = parcelOf(event);
    this.#head = event.seq;
    this.#tail.push(payload(parcel.frame), this.#capacity());
    if (event.type === 'topicSet') this.#topic = event.topic;
    this.#fanout.push(parcel);
  }

  /** While someone reads its way in, what comes meanwhile must be there when it has read. */
  #capacity(): Capacity {
    if (this.#joining > 0) return WHILE_JOINING;
    return { bytes: this.#tools.tailBytes(), events: limits.replayEvents };
  }

  /** Reads from the storage what the bus has lost, until nothing is missing. */
  async #repair(): Promise<void> {
    this.#repairing = true;
    while (this.#heard > this.#head) {
      try {
        const missing = await this.#tools.storage.events(
          this.name,
          this.#head,
          limits.replayEvents,
        );
        for (const event of missing) if (event.seq === this.#head + 1) this.#advance(event);
        if (missing.length === 0) throw new Error(`no event ${this.#head + 1} in the storage`);
      } catch (error) {
        this.#tools.log.warn({ room: this.name, error }, 'a gap could not be filled yet');
        await new Promise<void>((done) => this.#tools.clock.after(REPAIR_AGAIN_MS, done));
      }
    }
    this.#repairing = false;
  }
}

function encoded(event: RoomEvent): Uint8Array {
  return payload(textFrame(JSON.stringify(event)));
}
