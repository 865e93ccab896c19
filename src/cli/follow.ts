import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Client, Reset, SentMessage } from '../client/index.ts';
import { untilAborted } from './abort.ts';
import { pagesAfter } from './pages.ts';
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
  /** The last `seq` that was printed, by room; none where the next event decides. */
  readonly #last = new Map<string, number>();
  /** The history that it belongs to. */
  readonly #epochs = new Map<string, string>();
  readonly #end = new AbortController();
  #left: number;

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
    const { epoch } = await this.#client.ready();
    for (const room of rooms) {
      this.#epochs.set(room, epoch);
      this.#last.set(room, await this.#start(room));
    }
    for (const room of rooms) await this.#fill(room);
    if (!follows) return;
    const events = this.#client.events('message');
    for (const room of rooms) await this.#client.room(room).join();
    for (const room of rooms) await this.#fill(room);
    for await (const event of events) {
      if (event.type === 'reset') await this.#recover(event);
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
    const last = this.#last.get(room);
    if (last === undefined) return;
    for await (const messages of pagesAfter(this.#client, room, last)) {
      for (const message of messages) await this.#write(message);
    }
  }

  /** Events are missing: the history has them, unless it is another one now. */
  async #recover(reset: Reset): Promise<void> {
    const { epoch } = await this.#client.ready();
    for (const room of reset.why === 'catchUp' ? [reset.room] : this.#what.rooms) {
      if (this.#epochs.get(room) !== epoch) {
        this.#epochs.set(room, epoch);
        this.#last.delete(room);
        const what = `the server has another history of ${room} now`;
        console.error(`chinwag tail: ${what}; messages may be missing here`);
      }
      await this.#fill(room);
    }
  }

  async #write(message: Message): Promise<void> {
    this.#end.signal.throwIfAborted();
    if (message.seq <= (this.#last.get(message.room) ?? 0)) return;
    this.#last.set(message.room, message.seq);
    this.#left -= 1;
    if (!this.#output.write(`${this.#lineOf(message)}\n`)) await once(this.#output, 'drain');
    if (this.#left === 0) this.#end.abort();
  }
}
