import type { Client } from '../client/client.ts';
import type { Room } from '../client/room.ts';
import { type Store, View } from '../client/store.ts';
import type { Standing, Timeline } from '../client/timeline.ts';
import type { Person } from '../protocol/events.ts';
import type { Membership } from '../protocol/replies.ts';
import type { RoomKind } from '../protocol/roles.ts';
import { mentionsMe } from './mentions.ts';

export interface RoomEntry {
  readonly room: string;
  readonly kind: RoomKind | undefined;
  readonly title: string;
  readonly standing: Standing;
  /** Messages of others that were not read, counted as far as they are known. */
  readonly unread: number;
  /** How many of them say one's name. */
  readonly mentions: number;
}

/**
 * The rooms a person is in, by name, with the direct ones last: a room keeps its place, whatever
 * is said in it. It enters every room that the server says this person is a member of, so what
 * was open is open again after a restart.
 */
export interface RoomList extends Store<readonly RoomEntry[]> {
  /** Where to read next: where one was named, then where one is addressed alone, then the rest. */
  next(current: string | undefined): string | undefined;
  close(): void;
}

/** Of what lies in the client this many unread messages are counted in a room. */
const COUNTED = 1_000;

export function createRoomList(client: Client): RoomList {
  const places = new Map<Room, Place>();
  /** Where one went while the server was away, it does not know of it. */
  const left = new Set<Room>();
  let memberships: readonly Membership[] = [];
  let me: Person | undefined;
  let entries: readonly RoomEntry[] = [];
  const view = new View<readonly RoomEntry[]>(build);

  function build(): readonly RoomEntry[] {
    // A client that was closed is in no room; the list stays as it was last.
    if (client.state.get().status === 'closed') return entries;
    const now = [...places].map(([room, place]) => {
      return place.entry(
        room.timeline.get(),
        memberships.find((one) => one.room === room.name),
        me,
      );
    });
    now.sort(byPlace);
    const same = now.length === entries.length && now.every((one, n) => one === entries[n]);
    if (!same) entries = now;
    return entries;
  }

  function lookAtState(): void {
    const state = client.state.get();
    if (state.status !== 'online' || state.rooms === memberships) return;
    memberships = state.rooms;
    me = state.user;
    for (const { room: name } of memberships) {
      const room = client.room(name);
      // Its timeline says when it was refused, and the state why the client ended.
      (left.has(room) ? room.leave() : room.join()).catch(() => {});
    }
    view.changed();
  }

  function lookAtRooms(): void {
    const joined = new Set(client.joined.get());
    for (const [room, place] of places) {
      if (joined.has(room)) continue;
      place.leave();
      places.delete(room);
      left.add(room);
    }
    for (const room of joined) {
      left.delete(room);
      if (!places.has(room)) places.set(room, new Place(room, view.changed.bind(view)));
    }
    view.changed();
  }

  const stops = [client.state.subscribe(lookAtState), client.joined.subscribe(lookAtRooms)];
  lookAtRooms();
  lookAtState();

  return {
    get: view.get,
    subscribe: view.subscribe,
    next(current) {
      const list = view.get();
      const at = list.findIndex(({ room }) => room === current);
      const others = [...list.slice(at + 1), ...list.slice(0, Math.max(0, at))];
      const found =
        others.find(({ mentions }) => mentions > 0) ??
        others.find(({ kind, unread }) => kind === 'direct' && unread > 0) ??
        others.find(({ unread }) => unread > 0);
      return found?.room;
    },
    close() {
      for (const stop of stops) stop();
      for (const place of places.values()) place.leave();
      places.clear();
    },
  };
}

/** A room in the list. Its entry is the same object until something in it changes. */
class Place {
  readonly leave: () => void;
  #entry: RoomEntry | undefined;
  #of: readonly [Timeline, Membership | undefined, Person | undefined] | undefined;

  constructor(room: Room, changed: () => void) {
    this.leave = room.timeline.subscribe(changed);
  }

  entry(timeline: Timeline, member: Membership | undefined, me: Person | undefined): RoomEntry {
    const [lastTimeline, lastMember, lastMe] = this.#of ?? [];
    const seen = timeline === lastTimeline && member === lastMember && me === lastMe;
    if (this.#entry !== undefined && seen) return this.#entry;
    this.#of = [timeline, member, me];
    const { room, kind, title, standing } = timeline;
    const now = { room, kind, title, standing, ...waiting(timeline, member, me) };
    if (this.#entry === undefined || !isSame(this.#entry, now)) this.#entry = now;
    return this.#entry;
  }
}

type Waiting = Pick<RoomEntry, 'unread' | 'mentions'>;

/**
 * What waits in a room. Counted in the timeline where that reaches back to the read mark; where
 * it does not, what the server counted at the welcome and what came since.
 */
function waiting(
  { messages, read, head, hasOlder }: Timeline,
  member: Membership | undefined,
  me: Person | undefined,
): Waiting {
  if (me === undefined) return { unread: 0, mentions: 0 };
  if (head === 0 && member !== undefined) {
    return { unread: member.unread, mentions: member.mentions };
  }
  const held = { unread: 0, mentions: 0 };
  const since = { unread: 0, mentions: 0 };
  let reached = false;
  for (let index = messages.length - 1; index >= 0 && held.unread < COUNTED; index -= 1) {
    const message = messages[index];
    if (message?.state !== 'sent') continue;
    reached = message.seq <= read;
    if (reached) break;
    if (message.from.id === me.id) continue;
    const named = mentionsMe(message, me) ? 1 : 0;
    held.unread += 1;
    held.mentions += named;
    if (member === undefined || message.seq <= member.head) continue;
    since.unread += 1;
    since.mentions += named;
  }
  if (reached || !hasOlder || member === undefined || member.read !== read) return held;
  return {
    unread: Math.max(held.unread, member.unread + since.unread),
    mentions: Math.max(held.mentions, member.mentions + since.mentions),
  };
}

function byPlace(one: RoomEntry, other: RoomEntry): number {
  const direct = Number(one.kind === 'direct') - Number(other.kind === 'direct');
  if (direct !== 0) return direct;
  return one.room < other.room ? -1 : 1;
}

function isSame(one: RoomEntry, other: RoomEntry): boolean {
  return (
    one.kind === other.kind &&
    one.title === other.title &&
    one.standing === other.standing &&
    one.unread === other.unread &&
    one.mentions === other.mentions
  );
}
