import type { Person, RoomEvent } from '../../../protocol/index.ts';
import { StartError } from '../../start-error.ts';
import type {
  Appended,
  Claim,
  Draft,
  MessagePage,
  NewPerson,
  NewRoom,
  Page,
  PersonRecord,
  RoomRecord,
  Standing,
  Storage,
  StoredMembership,
} from '../storage.ts';
import { Caller } from './caller.ts';
import type { Opened, Read, Write } from './calls.ts';

/**
 * Rooms in one SQLite file (WAL, `synchronous=FULL`). A writer thread commits in
 * groups and a reader thread reads beside it, so the event loop waits for no disk.
 */
export class SqliteStorage implements Storage {
  readonly epoch: string;
  readonly #writer: Caller<Write>;
  readonly #reader: Caller<Read>;

  /** Opens the folder, creating and migrating what is needed. Throws `StartError`. */
  static async open(folder: string): Promise<SqliteStorage> {
    const writer = new Caller<Write>({ role: 'write', folder });
    // The writer's first message is always how opening went.
    const opened = (await writer.first()) as Opened;
    if (opened.kind === 'refused') {
      await writer.close();
      throw new StartError(opened.message);
    }
    return new SqliteStorage(opened.epoch, writer, new Caller<Read>({ role: 'read', folder }));
  }

  private constructor(epoch: string, writer: Caller<Write>, reader: Caller<Read>) {
    this.epoch = epoch;
    this.#writer = writer;
    this.#reader = reader;
    writer.start();
    reader.start();
  }

  append(draft: Draft): Promise<Appended> {
    return this.#writer.call('append', draft);
  }

  events(room: string, after: number, limit: number): Promise<RoomEvent[]> {
    return this.#reader.call('events', room, after, limit);
  }

  messages(room: string, page: Page): Promise<MessagePage> {
    return this.#reader.call('messages', room, page);
  }

  room(room: string): Promise<RoomRecord | undefined> {
    return this.#reader.call('room', room);
  }

  rooms(query: string, limit: number): Promise<RoomRecord[]> {
    return this.#reader.call('rooms', query, limit);
  }

  createRoom(room: NewRoom): Promise<boolean> {
    return this.#writer.call('createRoom', room);
  }

  enter(room: string, person: string, at: number): Promise<Standing> {
    return this.#writer.call('enter', room, person, at);
  }

  leave(room: string, person: string): Promise<void> {
    return this.#writer.call('leave', room, person);
  }

  memberships(person: Person): Promise<StoredMembership[]> {
    return this.#reader.call('memberships', person);
  }

  markRead(room: string, person: string, seq: number): Promise<number> {
    return this.#writer.call('markRead', room, person, seq);
  }

  addPerson(person: NewPerson): Promise<Claim> {
    return this.#writer.call('addPerson', person);
  }

  personByToken(tokenHash: string): Promise<PersonRecord | undefined> {
    return this.#reader.call('personByToken', tokenHash);
  }

  forgetPerson(person: string): Promise<void> {
    return this.#writer.call('forgetPerson', person);
  }

  seen(person: string, at: number): Promise<void> {
    return this.#writer.call('seen', person, at);
  }

  probe(): Promise<void> {
    return this.#writer.call('probe');
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writer.close();
  }
}
