import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Client, SentMessage } from '../client/index.ts';
import { untilAborted } from './abort.ts';
import { page, pagesAfter } from './pages.ts';
import { type Since, seqBefore, seqBeforeLatest } from './since.ts';

type Message = Omit<SentMessage, 'state'>;

export type What = {
  readonly rooms: readonly string[];
  readonly since: Since | undefined;
  readonly limit: number | undefined;
  readonly follows: boolean;
};

/** How many of the latest messages are printed where nothing else was asked for. */
const USUAL = 10;

/**
 * Prints every message of some rooms once, in order. What happened is read from the history;
 * the events only say that there is more, and where some are missing the history has them.
 */
export class Follow {
  readonly #client: Client;
  readonly #what: What;
  readonly #output: Writable;
  readonly #lineOf: (message: Message) => string;
  /** The last `seq` that was printed, by room. */
  readonly #last = new Map<string, number>();
  readonly #end = new AbortController();
  #left: number;
  #epoch: string | undefined;

  constructor(client: Client, what: What, output: Writable, lineOf: (message: Message) => string) {
    this.#client = client;
    this.#what = what;
    this.#output = output;
    this.#lineOf = lineOf;
    this.#left = what.limit ?? Number.POSITIVE_INFINITY;
  }

  /** Resolves at the limit, at `stop`, when nobody reads any more, and without `follows` at the end. */
  async run(stop: AbortSignal): Promise<void> {
    const end = () => this.#end.abort();
    stop.addEventListener('abort', end);
    this.#output.on('error', end);
    try {
      await untilAborted(this.#print(), this.#end.signal);
    } catch (error) {
      if (!this.#end.signal.aborted) throw error;
    } finally {
      this.#output.off('error', end);
    }
  }

  async #print(): Promise<void> {
    const { rooms, follows } = this.#what;
    this.#epoch = (await this.#client.ready()).epoch;
    for (const room of rooms) this.#last.set(room, await this.#start(room));
    for (const room of rooms) await this.#fill(room);
    if (!follows) return;
    const events = this.#client.events('message');
    for (const room of rooms) await this.#client.room(room).join();
    for (const room of rooms) await this.#fill(room);
    for await (const event of events) {
      if (event.type === 'reset') await this.#recover();
      else await this.#write(event);
    }
  }

  async #start(room: string): Promise<number> {
    const { since, limit = USUAL } = this.#what;
    return since === undefined
      ? seqBeforeLatest(this.#client, room, limit)
      : seqBefore(this.#client, room, since);
  }

  async #fill(room: string): Promise<void> {
    for await (const messages of pagesAfter(this.#client, room, this.#last.get(room) ?? 0)) {
      for (const message of messages) await this.#write(message);
    }
  }

  /** Events are missing: the history has them, unless it is another one now. */
  async #recover(): Promise<void> {
    const { epoch } = await this.#client.ready();
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      console.error(
        'chinwag tail: the server has another history now; messages may be missing here',
      );
      for (const room of this.#what.rooms) {
        const [latest] = (await page(this.#client, room, { limit: 1 })).messages;
        this.#last.set(room, latest?.seq ?? 0);
      }
    }
    for (const room of this.#what.rooms) await this.#fill(room);
  }

  async #write(message: Message): Promise<void> {
    this.#end.signal.throwIfAborted();
    if (message.seq <= (this.#last.get(message.room) ?? Number.POSITIVE_INFINITY)) return;
    this.#last.set(message.room, message.seq);
    this.#left -= 1;
    if (!this.#output.write(`${this.#lineOf(message)}\n`)) await once(this.#output, 'drain');
    if (this.#left === 0) this.#end.abort();
  }
}
