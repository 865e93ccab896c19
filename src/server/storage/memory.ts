import { randomUUID } from 'node:crypto';
import { mentions, type Person, type RoomEvent } from '../../protocol/index.ts';
import { type EventRow, toEvent, toMessage, toRow } from './record.ts';
import {
  type Appended,
  type Claim,
  COUNTED_UNREAD,
  type Draft,
  type MessagePage,
  type NewPerson,
  type NewRoom,
  NoSuchRoom,
  type Page,
  type PersonRecord,
  type RoomRecord,
  type Standing,
  type Storage,
  type StoredMembership,
} from './storage.ts';

type StoredRoom = Omit<RoomRecord, 'head'> & {
  rows: EventRow[];
  keys: Map<string, EventRow>;
  members: Map<string, Standing>;
};
type StoredPerson = { readonly record: PersonRecord; readonly tokenHash: string | undefined };

/** Rooms that live as long as the process: for tests, and for trying things out. */
export class MemoryStorage implements Storage {
  readonly epoch = randomUUID();
  readonly #rooms = new Map<string, StoredRoom>();
  readonly #people = new Map<string, StoredPerson>();
  readonly #names = new Map<string, string>();

  async append(draft: Draft): Promise<Appended> {
    const room = this.#need(draft.room);
    const key = draft.type === 'message' ? draft.key : undefined;
    const slot = key === undefined ? undefined : `${draft.from.id} ${key}`;
    const first = slot === undefined ? undefined : room.keys.get(slot);
    if (first !== undefined) return { kind: 'duplicate', seq: first.seq, at: first.at };

    const row = toRow(draft, room.rows.length + 1);
    room.rows.push(row);
    if (slot !== undefined) room.keys.set(slot, row);
    if (draft.type === 'topicSet') {
      this.#rooms.set(draft.room, { ...room, topic: draft.topic });
    }
    return { kind: 'appended', seq: row.seq, at: row.at };
  }

  async events(room: string, after: number, limit: number): Promise<RoomEvent[]> {
    const rows = this.#need(room).rows.slice(after, after + limit);
    return rows.map((row) => toEvent(room, row));
  }

  async messages(room: string, page: Page): Promise<MessagePage> {
    const all = this.#need(room).rows.filter((row) => row.type === 'message');
    const [start, end] = bounds(all, page);
    return {
      messages: all.slice(start, end).map((row) => toMessage(room, row)),
      hasOlder: start > 0,
      hasNewer: end < all.length,
    };
  }

  async room(name: string): Promise<RoomRecord | undefined> {
    const room = this.#rooms.get(name);
    return room === undefined ? undefined : recordOf(room);
  }

  async rooms(query: string, limit: number): Promise<RoomRecord[]> {
    const wanted = query.toLowerCase();
    return [...this.#rooms.values()]
      .filter((room) => `${room.room}\n${room.title.toLowerCase()}`.includes(wanted))
      .sort((a, b) => (a.room < b.room ? -1 : 1))
      .slice(0, limit)
      .map(recordOf);
  }

  async createRoom({ room, kind, title, owner }: NewRoom): Promise<boolean> {
    if (this.#rooms.has(room)) return false;
    const members = new Map<string, Standing>();
    if (owner !== undefined) members.set(owner, { role: 'owner', read: 0 });
    this.#rooms.set(room, { room, kind, title, topic: '', rows: [], keys: new Map(), members });
    return true;
  }

  async enter(name: string, person: string): Promise<Standing> {
    const room = this.#need(name);
    const standing = room.members.get(person) ?? { role: 'member', read: room.rows.length };
    room.members.set(person, standing);
    return standing;
  }

  async leave(room: string, person: string): Promise<void> {
    this.#need(room).members.delete(person);
  }

  async memberships(person: Person): Promise<StoredMembership[]> {
    const found: StoredMembership[] = [];
    for (const room of this.#rooms.values()) {
      const standing = room.members.get(person.id);
      if (standing === undefined) continue;
      const unread = room.rows
        .slice(standing.read)
        .filter((row) => row.type === 'message' && row.person !== person.id)
        .slice(0, COUNTED_UNREAD);
      found.push({
        room: room.room,
        head: room.rows.length,
        ...standing,
        unread: unread.length,
        mentions: unread.filter((row) => mentions(row.body, person.name)).length,
      });
    }
    return found.sort((a, b) => (a.room < b.room ? -1 : 1));
  }

  async markRead(name: string, person: string, seq: number): Promise<number> {
    const room = this.#need(name);
    const standing = room.members.get(person);
    if (standing === undefined) return 0;
    const read = Math.max(standing.read, Math.min(seq, room.rows.length));
    room.members.set(person, { ...standing, read });
    return read;
  }

  async addPerson(person: NewPerson): Promise<Claim> {
    for (const name of person.names) {
      const holder = this.#holder(name);
      if (holder === undefined) continue;
      if (holder.kind !== 'guest' || holder.seenAt >= person.releaseBefore) {
        return { kind: 'taken', holder };
      }
      this.#release(holder);
    }
    const { id, name, kind, tokenHash, at } = person;
    const hasToken = tokenHash !== undefined;
    this.#people.set(id, { record: { id, name, kind, hasToken, seenAt: at }, tokenHash });
    for (const form of person.names) this.#names.set(form, id);
    return { kind: 'added' };
  }

  async personByToken(tokenHash: string): Promise<PersonRecord | undefined> {
    return [...this.#people.values()].find((person) => person.tokenHash === tokenHash)?.record;
  }

  async forgetPerson(id: string): Promise<void> {
    const person = this.#people.get(id);
    if (person !== undefined) this.#release(person.record);
  }

  async seen(id: string, at: number): Promise<void> {
    const person = this.#people.get(id);
    if (person === undefined) return;
    const seenAt = Math.max(person.record.seenAt, at);
    this.#people.set(id, { ...person, record: { ...person.record, seenAt } });
  }

  async probe(): Promise<void> {}

  async close(): Promise<void> {}

  #need(name: string): StoredRoom {
    const room = this.#rooms.get(name);
    if (room === undefined) throw new NoSuchRoom(name);
    return room;
  }

  #holder(name: string): PersonRecord | undefined {
    const id = this.#names.get(name);
    return id === undefined ? undefined : this.#people.get(id)?.record;
  }

  #release(person: PersonRecord): void {
    for (const [name, id] of this.#names) if (id === person.id) this.#names.delete(name);
    this.#people.set(person.id, { record: { ...person, hasToken: false }, tokenHash: undefined });
  }
}

function recordOf({ room, kind, title, topic, rows }: StoredRoom): RoomRecord {
  return { room, kind, title, topic, head: rows.length };
}

/** The half-open range of `page` within all messages of a room. */
function bounds(all: readonly EventRow[], page: Page): [start: number, end: number] {
  const firstFrom = (seq: number) => {
    const index = all.findIndex((row) => row.seq >= seq);
    return index === -1 ? all.length : index;
  };
  if ('after' in page) {
    const start = firstFrom(page.after + 1);
    return [start, Math.min(all.length, start + page.limit)];
  }
  if ('around' in page) {
    const middle = firstFrom(page.around);
    const before = Math.floor(page.limit / 2);
    const end = Math.min(all.length, middle + page.limit - before);
    return [Math.max(0, middle - before), end];
  }
  const end = 'before' in page ? firstFrom(page.before) : all.length;
  return [Math.max(0, end - page.limit), end];
}
