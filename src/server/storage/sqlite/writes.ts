import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { toRow } from '../record.ts';
import {
  type Appended,
  type Claim,
  type Draft,
  type NewPerson,
  type NewRoom,
  NoSuchRoom,
  type PersonRecord,
  type Standing,
} from '../storage.ts';
import type { Write } from './calls.ts';
import { int, role } from './column.ts';
import { toPerson } from './reads.ts';

type Head = { readonly id: number; head: number };

/** The writing calls, inside the transaction that the thread has opened. */
export class Writes implements Write {
  readonly #heads = new Map<string, Head>();
  readonly #moved = new Set<Head>();
  readonly #sql: ReturnType<typeof prepare>;
  #appended = 0;
  #probes = 0;

  constructor(db: DatabaseSync) {
    this.#sql = prepare(db);
  }

  append(draft: Draft): Appended {
    const room = this.#need(draft.room);
    const row = toRow(draft, room.head + 1);
    const { changes } = this.#sql.insertEvent.run(
      room.id,
      row.seq,
      row.at,
      row.type,
      row.person,
      row.name,
      row.key,
      row.target,
      row.body,
    );
    if (changes === 0) {
      const first = this.#sql.eventByKey.get(room.id, row.person, row.key);
      return { kind: 'duplicate', seq: int(first?.seq), at: int(first?.at) };
    }
    room.head = row.seq;
    this.#appended += 1;
    this.#moved.add(room);
    if (draft.type === 'topicSet') this.#sql.setTopic.run(draft.topic, room.id);
    return { kind: 'appended', seq: row.seq, at: row.at };
  }

  createRoom({ room, kind, title, at, owner }: NewRoom): boolean {
    const created = this.#sql.insertRoom.run(room, kind, title, at);
    if (created.changes === 0) return false;
    if (owner !== undefined) {
      this.#sql.insertMember.run(owner, this.#need(room).id, 'owner', 0, at);
    }
    return true;
  }

  enter(name: string, person: string, at: number): Standing {
    const room = this.#need(name);
    this.#sql.insertMember.run(person, room.id, 'member', room.head, at);
    const row = this.#sql.member.get(person, room.id);
    return { role: role(row?.role), read: int(row?.read) };
  }

  leave(room: string, person: string): void {
    this.#sql.deleteMember.run(person, this.#need(room).id);
  }

  markRead(name: string, person: string, seq: number): number {
    const room = this.#need(name);
    this.#sql.moveRead.run(Math.min(seq, room.head), person, room.id);
    return int(this.#sql.member.get(person, room.id)?.read ?? 0);
  }

  addPerson(person: NewPerson): Claim {
    for (const form of person.names) {
      const row = this.#sql.holder.get(form);
      if (row === undefined) continue;
      const holder = toPerson(row);
      if (!isReleased(holder, person.releaseBefore)) return { kind: 'taken', holder };
      this.forgetPerson(holder.id);
    }
    const { id, kind, name, tokenHash, at } = person;
    this.#sql.insertPerson.run(id, kind, name, tokenHash ?? null, at, at);
    for (const form of person.names) this.#sql.insertName.run(form, id);
    return { kind: 'added' };
  }

  forgetPerson(person: string): void {
    this.#sql.dropToken.run(person);
    this.#sql.deleteNames.run(person);
  }

  seen(person: string, at: number): void {
    this.#sql.seen.run(at, person);
  }

  probe(): void {
    this.#probes += 1;
    this.#sql.probe.run(String(this.#probes));
  }

  /** Writes what belongs to the whole transaction; returns how many events it appended. */
  settle(): number {
    for (const room of this.#moved) this.#sql.setHead.run(room.head, room.id);
    this.#moved.clear();
    const appended = this.#appended;
    this.#appended = 0;
    return appended;
  }

  /** After a rollback: what was remembered may be ahead of the tables. */
  forget(): void {
    this.#heads.clear();
    this.#moved.clear();
    this.#appended = 0;
  }

  #need(name: string): Head {
    const known = this.#heads.get(name);
    if (known !== undefined) return known;
    const row = this.#sql.room.get(name);
    if (row === undefined) throw new NoSuchRoom(name);
    const room = { id: int(row.id), head: int(row.head) };
    this.#heads.set(name, room);
    return room;
  }
}

function isReleased(holder: PersonRecord, releaseBefore: number): boolean {
  return holder.kind === 'guest' && holder.seenAt < releaseBefore;
}

function prepare(db: DatabaseSync) {
  return {
    room: db.prepare('SELECT id, head FROM rooms WHERE room = ?'),
    insertRoom: db.prepare(
      'INSERT OR IGNORE INTO rooms (room, kind, title, created_at) VALUES (?, ?, ?, ?)',
    ),
    setHead: db.prepare('UPDATE rooms SET head = ? WHERE id = ?'),
    setTopic: db.prepare('UPDATE rooms SET topic = ? WHERE id = ?'),
    insertEvent: db.prepare(
      `INSERT INTO events (room, seq, at, type, person, name, key, target, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (room, person, key) WHERE key IS NOT NULL DO NOTHING`,
    ),
    eventByKey: db.prepare('SELECT seq, at FROM events WHERE room = ? AND person = ? AND key = ?'),
    member: db.prepare('SELECT role, read FROM members WHERE person = ? AND room = ?'),
    insertMember: db.prepare(
      'INSERT OR IGNORE INTO members (person, room, role, read, joined_at) VALUES (?, ?, ?, ?, ?)',
    ),
    deleteMember: db.prepare('DELETE FROM members WHERE person = ? AND room = ?'),
    moveRead: db.prepare('UPDATE members SET read = max(read, ?) WHERE person = ? AND room = ?'),
    holder: db.prepare(
      `SELECT id, kind, name, token_hash, seen_at FROM people
       WHERE id = (SELECT person FROM names WHERE form = ?)`,
    ),
    insertPerson: db.prepare(
      `INSERT INTO people (id, kind, name, token_hash, created_at, seen_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    insertName: db.prepare('INSERT INTO names (form, person) VALUES (?, ?)'),
    deleteNames: db.prepare('DELETE FROM names WHERE person = ?'),
    dropToken: db.prepare('UPDATE people SET token_hash = NULL WHERE id = ?'),
    probe: db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)"),
    seen: db.prepare('UPDATE people SET seen_at = max(seen_at, ?) WHERE id = ?'),
  } satisfies Record<string, StatementSync>;
}
