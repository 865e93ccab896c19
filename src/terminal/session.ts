import { join } from 'node:path';
import { createRoomList, type RoomList } from '../chat/room-list.ts';
import { type Client, type Clock, createClient } from '../client/index.ts';
import { Drafts } from './drafts.ts';
import { personFolder } from './folders.ts';
import { OutboxFolder } from './outbox-folder.ts';

/** Where one was and who, kept from one start to the next. */
export interface Tokens {
  read(server: string, name: string): string | undefined;
  /** Forgets it where it is undefined. */
  write(server: string, name: string, token: string | undefined): void;
}

export type SessionOptions = {
  readonly server: string;
  readonly name: string;
  readonly tokens: Tokens;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** What the person should know about what is kept on this machine. */
  readonly troubled: (sentence: string) => void;
};

/** One person at one server: the connection, their rooms, and what they left unfinished. */
export class Session {
  readonly name: string;
  readonly client: Client;
  readonly list: RoomList;
  readonly drafts: Drafts;
  readonly #outbox: OutboxFolder;
  readonly #options: SessionOptions;
  #token: string | undefined;

  constructor(options: SessionOptions) {
    const { server, name, tokens, environment, clock, troubled } = options;
    const folder = personFolder(environment, server, name);
    this.#options = options;
    this.name = name;
    this.#outbox = new OutboxFolder(join(folder, 'outbox'), (file) => {
      troubled(`An unsent message was damaged; what is left of it is in ${file}`);
    });
    this.drafts = new Drafts(join(folder, 'drafts'), clock, (error) => {
      troubled(`What you write is not kept: ${error.message}`);
    });
    this.#token = tokens.read(server, name);
    const who = this.#token === undefined ? { name } : { token: this.#token };
    this.client = createClient({ url: server, outbox: this.#outbox, clock, ...who });
    this.list = createRoomList(this.client);
    this.client.state.subscribe(() => this.#keepToken());
  }

  /** Whether the server does not know the token any more; then it is forgotten here too. */
  isForgotten(): boolean {
    const state = this.client.state.get();
    if (this.#token === undefined || state.status !== 'closed') return false;
    if (state.why.code !== 'bad_token') return false;
    this.#options.tokens.write(this.#options.server, this.name, undefined);
    return true;
  }

  /** Ends it, when all that was written is on the disk. */
  async close(): Promise<void> {
    this.list.close();
    this.client.close();
    this.drafts.flush();
    await this.#outbox.settled();
  }

  #keepToken(): void {
    const state = this.client.state.get();
    if (state.status !== 'online' || state.token === undefined) return;
    if (state.token === this.#token) return;
    this.#token = state.token;
    this.#options.tokens.write(this.#options.server, this.name, state.token);
  }
}
