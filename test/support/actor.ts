import assert from 'node:assert/strict';
import {
  ChinwagError,
  type Client,
  type ClientOptions,
  createClient,
  memoryOutbox,
  type Receipt,
} from '../../src/client/index.ts';
import type { ModelServer } from './model-server.ts';

export const ROOMS = ['general', 'ops'] as const;
type RoomName = (typeof ROOMS)[number];

interface Said {
  readonly room: RoomName;
  readonly key: string;
  readonly text: string;
  receipt?: Receipt;
}

/** A person with a client, who remembers what was said and heard, and checks what was promised. */
export class Actor {
  client: Client;
  readonly #name: string;
  readonly #options: ClientOptions;
  readonly #said: Said[] = [];
  /** The last `seq` that the event iterator gave, by room; none after a reset. */
  #last = new Map<string, number>();
  readonly #wrong: string[] = [];

  constructor(name: string, options: ClientOptions) {
    this.#name = name;
    this.#options = { ...options, name, outbox: memoryOutbox() };
    this.client = this.#start();
  }

  say(room: RoomName, word: string): void {
    const text = `${word} ${this.#name} ${this.#said.length}`;
    const { key, acked } = this.client.room(room).send(text);
    const said: Said = { room, key, text };
    this.#said.push(said);
    acked.then(
      (receipt) => {
        said.receipt = receipt;
      },
      (error: unknown) => this.#expect(error, 'forbidden', 'closed'),
    );
  }

  setTopic(room: RoomName): void {
    const set = this.client.room(room).setTopic(`by ${this.#name}`);
    set.catch((error: unknown) => this.#expect(error, 'disconnected'));
  }

  comeAndGo(room: RoomName): void {
    const handle = this.client.room(room);
    if (handle.timeline.get().standing === 'out') this.#join(room);
    else handle.leave().catch((error: unknown) => this.#expect(error, 'disconnected'));
  }

  stay(): void {
    for (const room of ROOMS) this.#join(room);
  }

  /** Another process with the same outbox, as the same person. */
  restart(): void {
    const state = this.client.state.get();
    if (state.status !== 'online') return;
    this.client.close();
    this.client = this.#start(state.token);
  }

  /** G2: what is held is in the order of the server's log, nothing twice, nothing left out. */
  checkOrder(server: ModelServer): void {
    assert.deepEqual(this.#wrong, []);
    for (const room of ROOMS) {
      const { messages, head } = this.client.room(room).timeline.get();
      const held = messages.flatMap((m) => (m.state === 'sent' && m.seq <= head ? [m.seq] : []));
      const from = held[0] ?? Number.POSITIVE_INFINITY;
      const log = server.messages(room).map(({ seq }) => seq);
      assert.deepEqual(
        held,
        log.filter((seq) => seq >= from && seq <= head),
        `${this.#name} in ${room}`,
      );
    }
  }

  /** G4: everything that happened is here, or a reset said that something is not. */
  checkCaughtUp(server: ModelServer): void {
    for (const room of ROOMS) {
      const timeline = this.client.room(room).timeline.get();
      const { log } = server.room(room);
      const where = `${this.#name} in ${room}`;
      assert.equal(timeline.standing, 'live', where);
      assert.equal(timeline.head, log.length, where);
      assert.equal(this.#last.get(room), log.length, `${where}: events`);
      const last = timeline.messages.findLast(({ state }) => state === 'sent');
      assert.equal(last?.text, 'the last', where);
      const [first] = server.messages(room);
      if (!timeline.hasOlder) assert.equal(timeline.messages[0]?.text, first?.text, where);
      const stuck = timeline.messages.filter(({ state }) => state === 'pending');
      assert.deepEqual(stuck, [], where);
    }
  }

  /** G3: what was acknowledged is there, what was said is there once, a refusal is final. */
  checkOnce(server: ModelServer): void {
    for (const { room, key, text, receipt } of this.#said) {
      const times = server.messages(room).filter((message) => message.text === text);
      assert.equal(times.length, text.startsWith('rude') ? 0 : 1, text);
      if (receipt === undefined) continue;
      const [once] = times;
      assert.equal(once?.key, key, text);
      assert.equal(once?.seq, receipt.seq, text);
    }
  }

  checkOwnOrder(server: ModelServer): void {
    for (const room of ROOMS) {
      const said = this.#said.filter(
        ({ text, room: where }) => where === room && !text.startsWith('rude'),
      );
      const own = server.messages(room).filter(({ from }) => from.name === this.#name);
      assert.deepEqual(
        own.map(({ text }) => text),
        said.map(({ text }) => text),
      );
    }
  }

  #start(token?: string): Client {
    const client = createClient({ ...this.#options, token });
    this.#last = new Map();
    this.client = client;
    this.#listen(client, this.#last);
    this.stay();
    return client;
  }

  async #listen(client: Client, last: Map<string, number>): Promise<void> {
    for await (const event of client.events('message', 'topicSet')) {
      if (event.type === 'reset') {
        if (event.why === 'catchUp') last.delete(event.room);
        else last.clear();
        continue;
      }
      const before = last.get(event.room);
      if (before !== undefined && event.seq !== before + 1) {
        this.#wrong.push(`${this.#name} heard ${event.room} ${event.seq} after ${before}`);
      }
      last.set(event.room, event.seq);
    }
  }

  #join(room: RoomName): void {
    const joined = this.client.room(room).join();
    joined.catch((error: unknown) => this.#expect(error, 'closed'));
  }

  #expect(error: unknown, ...codes: string[]): void {
    if (error instanceof ChinwagError && codes.includes(error.code)) return;
    this.#wrong.push(`${this.#name}: ${error}`);
  }
}
