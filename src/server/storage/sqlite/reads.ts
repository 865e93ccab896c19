import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Person, RoomEvent } from '../../../protocol/index.ts';
import { mentions } from '../../../protocol/mention.ts';
import { type EventRow, toEvent, toMessage } from '../record.ts';
import {
  COUNTED_UNREAD,
  type MessagePage,
  NoSuchRoom,
  type Page,
  type PersonRecord,
  type RoomRecord,
  type StoredMembership,
} from '../storage.ts';
import type { Read } from './calls.ts';
import { int, intOrNull, role, roomKind, text, textOrNull } from './column.ts';

type Row = Record<string, SQLOutputValue>;

/** The reading calls. Each sees the last commit before it. */
export class Reads implements Read {
  readonly #ids = new Map<string, number>();
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    // What SQLite calls lower() knows only the letters of ASCII.
    db.function('lowercase', { deterministic: true }, (value) => String(value).toLowerCase());
    this.#sql = prepare(db);
  }

  events(room: string, after: number, limit: number): RoomEvent[] {
    const rows = this.#sql.events.all(this.#need(room), after, limit);
    return rows.map((row) => toEvent(room, eventRow(row)));
  }

  messages(room: string, page: Page): MessagePage {
    const id = this.#need(room);
    if ('after' in page) return this.#upFrom(room, id, page.after, page.limit);
    if ('around' in page) {
      const before = Math.floor(page.limit / 2);
      const older = this.#downFrom(room, id, page.around, before);
      const newer = this.#upFrom(room, id, page.around - 1, page.limit - before);
      return {
        messages: [...older.messages, ...newer.messages],
        hasOlder: older.hasOlder,
        hasNewer: newer.hasNewer,
      };
    }
    return this.#downFrom(room, id, 'before' in page ? page.before : undefined, page.limit);
  }

  room(name: string): RoomRecord | undefined {
    const row = this.#sql.room.get(name);
    return row === undefined ? undefined : toRoom(row);
  }

  rooms(query: string, limit: number): RoomRecord[] {
    const wanted = query.toLowerCase();
    return this.#sql.rooms.all(wanted, wanted, limit).map(toRoom);
  }

  memberships(person: Person): StoredMembership[] {
    return this.#sql.memberships.all(person.id).map((row) => {
      const room = int(row.id);
      const read = int(row.read);
      const unread = int(this.#sql.unread.get(room, read, person.id, COUNTED_UNREAD)?.count);
      const said = this.#sql.unreadWithAt.all(room, read, person.id, COUNTED_UNREAD);
      return {
        room: text(row.room),
        head: int(row.head),
        role: role(row.role),
        read,
        unread,
        mentions: said.filter(({ body }) => mentions(text(body), person.name)).length,
      };
    });
  }

  personByToken(tokenHash: string): PersonRecord | undefined {
    const row = this.#sql.personByToken.get(tokenHash);
    return row === undefined ? undefined : toPerson(row);
  }

  /** `limit` messages below `before`, or the latest. */
  #downFrom(room: string, id: number, before: number | undefined, limit: number): MessagePage {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const found = this.#sql.messagesBelow.all(id, below, limit + 1);
    const rows = found.slice(0, limit).reverse();
    return {
      messages: rows.map((row) => toMessage(room, eventRow(row))),
      hasOlder: found.length > limit,
      hasNewer:
        before !== undefined && this.#sql.messagesAbove.get(id, before - 1, 1) !== undefined,
    };
  }

  #upFrom(room: string, id: number, after: number, limit: number): MessagePage {
    const found = this.#sql.messagesAbove.all(id, after, limit + 1);
    return {
      messages: found.slice(0, limit).map((row) => toMessage(room, eventRow(row))),
      hasOlder: this.#sql.messagesBelow.get(id, after + 1, 1) !== undefined,
      hasNewer: found.length > limit,
    };
  }

  #need(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const row = this.#sql.room.get(name);
    if (row === undefined) throw new NoSuchRoom(name);
    const id = int(row.id);
    this.#ids.set(name, id);
    return id;
  }
}

export function toPerson(row: Row): PersonRecord {
  const kind = text(row.kind);
  if (kind !== 'guest' && kind !== 'member' && kind !== 'bot') {
    throw new Error(`the database holds a person of unknown kind ${kind}; it is damaged`);
  }
  return {
    id: text(row.id),
    name: text(row.name),
    kind,
    seenAt: int(row.seen_at),
    hasToken: row.token_hash !== null,
  };
}

function toRoom(row: Row): RoomRecord {
  return {
    room: text(row.room),
    kind: roomKind(row.kind),
    title: text(row.title),
    topic: text(row.topic),
    head: int(row.head),
  };
}

function eventRow(row: Row): EventRow {
  return {
    seq: int(row.seq),
    at: int(row.at),
    type: text(row.type),
    person: text(row.person),
    name: text(row.name),
    key: textOrNull(row.key),
    target: intOrNull(row.target),
    body: text(row.body),
  };
}

function prepare(db: DatabaseSync) {
  const event = 'seq, at, type, person, name, key, target, body';
  const unread = `FROM (SELECT person, body FROM events WHERE room = ? AND seq > ?
    AND type = 'message' AND person <> ? LIMIT ?)`;
  return {
    events: db.prepare(
      `SELECT ${event} FROM events WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    messagesBelow: db.prepare(
      `SELECT ${event} FROM events WHERE room = ? AND seq < ? AND type = 'message'
       ORDER BY seq DESC LIMIT ?`,
    ),
    messagesAbove: db.prepare(
      `SELECT ${event} FROM events WHERE room = ? AND seq > ? AND type = 'message'
       ORDER BY seq LIMIT ?`,
    ),
    room: db.prepare('SELECT id, room, kind, title, topic, head FROM rooms WHERE room = ?'),
    rooms: db.prepare(
      `SELECT room, kind, title, topic, head FROM rooms
       WHERE instr(room, ?) > 0 OR instr(lowercase(title), ?) > 0
       ORDER BY room LIMIT ?`,
    ),
    memberships: db.prepare(
      `SELECT rooms.id, rooms.room, rooms.head, members.role, members.read
       FROM members JOIN rooms ON rooms.id = members.room
       WHERE members.person = ? ORDER BY rooms.room`,
    ),
    unread: db.prepare(`SELECT count(*) AS count ${unread}`),
    unreadWithAt: db.prepare(`SELECT body ${unread} WHERE instr(body, '@') > 0`),
    personByToken: db.prepare(
      'SELECT id, kind, name, token_hash, seen_at FROM people WHERE token_hash = ?',
    ),
  } satisfies Record<string, StatementSync>;
}
