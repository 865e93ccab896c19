import type { Person } from '../protocol/events.ts';
import { ChinwagError } from './error.ts';
import type { House } from './house.ts';
import { newKey } from './random.ts';
import type { OutboxEntry } from './storage.ts';
import type { TimelineMessage } from './timeline.ts';
import type { Answer } from './wire.ts';

/** The server has the message on its disk. */
export interface Receipt {
  readonly seq: number;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly at: number;
}

export interface Sent {
  /** What makes this message one, however often it is sent. */
  readonly key: string;
  /**
   * Resolves when the server has it on disk; however long the network is away, it waits.
   * Rejects with a `ChinwagError` when the server refuses it, when it is discarded, and when
   * the client is closed before: then it stays in the outbox. Need not be handled: the
   * timeline shows it too.
   */
  readonly acked: Promise<Receipt>;
}

type Phase =
  | { readonly is: 'saving' | 'ready' | 'flying' }
  | { readonly is: 'sent'; readonly receipt: Receipt }
  | { readonly is: 'failed'; readonly why: ChinwagError };

interface Item {
  entry: OutboxEntry;
  phase: Phase;
  /** Whether it may have reached the server already. */
  tried: boolean;
  acked: PromiseWithResolvers<Receipt>;
  /** What was shown of it last, and what that was made of. */
  shown?: Pick<Item, 'entry' | 'phase'> & {
    readonly me: Person | undefined;
    readonly message: TimelineMessage | undefined;
  };
}

/** How many messages of one room are on their way at once. */
const WIDEST = 16;
/** The wait where the server refuses for now and says no time, in milliseconds. */
export const RETRY_MS = 1_000;

/**
 * The own messages of one room that the server has not taken yet, in the order they were
 * written. They go in that order, several at once, each only after it is in the storage; what
 * a broken connection leaves unanswered goes again, first, with the same key. After a refusal
 * for now (`unavailable`, `rate_limited`) they go one at a time until the server takes them
 * again: only those that were on their way already can be overtaken then.
 */
export class Outbox {
  readonly #room: string;
  readonly #house: House;
  readonly #changed: () => void;
  #items: Item[] = [];
  #head = 0;
  #window = WIDEST;
  #open = false;
  #resting = false;

  constructor(room: string, house: House, changed: () => void) {
    this.#room = room;
    this.#house = house;
    this.#changed = changed;
  }

  add(text: string, replyTo: number | undefined, key = newKey(this.#house.random)): Sent {
    const known = this.#find(key);
    if (known !== undefined) return { key, acked: known.acked.promise };
    const reply = replyTo === undefined ? {} : { replyTo };
    const at = this.#house.clock.now();
    const item = this.#item({ room: this.#room, key, text, ...reply, at }, { is: 'saving' }, false);
    this.#items.push(item);
    this.#save(item);
    return { key, acked: item.acked.promise };
  }

  /** Puts what an earlier life left before what this one wrote. */
  restore(entries: readonly OutboxEntry[]): void {
    const restored = entries.map((entry) => {
      const { refused } = entry;
      if (refused === undefined) return this.#item(entry, { is: 'ready' }, true);
      const why = new ChinwagError(refused.code, refused.message);
      return this.#item(entry, { is: 'failed', why }, true);
    });
    this.#items = [...restored, ...this.#items];
    this.#changed();
  }

  /** The room is live: everything unsent goes. */
  open(): void {
    this.#open = true;
    this.#flush();
  }

  /** The connection is gone: what was on its way will go again. */
  shut(): void {
    this.#open = false;
    for (const item of this.#items) if (item.phase.is === 'flying') item.phase = { is: 'ready' };
  }

  /** The server has this message, whether it answered or the room saw it. */
  settle(key: string, receipt: Receipt): void {
    const item = this.#find(key);
    if (item === undefined || item.phase.is === 'sent') return;
    item.phase = { is: 'sent', receipt };
    item.acked.resolve(receipt);
    // Should this fail, the entry is sent again at the next start, and its key makes that harmless.
    this.#house.storage.remove(key).catch(() => {});
    this.#drop(this.#head);
  }

  /** The room has seen everything up to `head`: those messages are its own to show now. */
  seen(head: number): void {
    this.#head = head;
    this.#drop(head);
  }

  /** The history that took the messages is gone, and the receipts with it. */
  restart(): void {
    this.#drop(Number.POSITIVE_INFINITY);
  }

  /** The room itself was refused, and with it everything that is to go there. */
  refuse(why: ChinwagError): void {
    for (const item of this.#items) {
      if (item.phase.is === 'ready' || item.phase.is === 'saving') this.#fail(item, why);
    }
  }

  /** Nothing will be sent any more by this client. */
  end(why: ChinwagError): void {
    this.#open = false;
    for (const item of this.#items) item.acked.reject(why);
  }

  retry(key: string): Sent {
    const item = this.#find(key);
    if (item?.phase.is !== 'failed') throw notFailed(key);
    item.phase = { is: 'saving' };
    item.acked = this.#deferred();
    const { refused: _refused, ...entry } = item.entry;
    item.entry = entry;
    this.#save(item);
    return { key, acked: item.acked.promise };
  }

  async discard(key: string): Promise<void> {
    const item = this.#find(key);
    if (item === undefined || item.phase.is === 'sent') throw notFailed(key);
    if (item.phase.is !== 'failed' && item.tried) throw notFailed(key);
    this.#items = this.#items.filter((other) => other !== item);
    item.acked.reject(new ChinwagError('outbox', 'the message was discarded before it was sent'));
    this.#changed();
    await this.#house.storage.remove(key);
  }

  /** What the timeline shows after the messages it holds itself: the same objects until they change. */
  messages(me: Person | undefined): TimelineMessage[] {
    const sent: TimelineMessage[] = [];
    const unsent: TimelineMessage[] = [];
    for (const item of this.#items) {
      const { entry, phase, shown } = item;
      if (shown?.entry !== entry || shown.phase !== phase || shown.me !== me) {
        item.shown = { entry, phase, me, message: messageOf(item, me) };
      }
      const message = item.shown?.message;
      if (message !== undefined) (message.state === 'sent' ? sent : unsent).push(message);
    }
    return [...sent, ...unsent];
  }

  #drop(head: number): void {
    this.#items = this.#items.filter(
      ({ phase }) => phase.is !== 'sent' || phase.receipt.seq > head,
    );
  }

  #find(key: string): Item | undefined {
    return this.#items.find(({ entry }) => entry.key === key);
  }

  #save(item: Item): void {
    this.#changed();
    this.#house.storage.put(item.entry).then(
      () => {
        if (item.phase.is === 'saving') item.phase = { is: 'ready' };
        this.#flush();
      },
      (cause: unknown) => {
        if (item.phase.is !== 'saving') return;
        const message = 'the message could not be kept until it is sent; make room and retry it';
        this.#fail(item, new ChinwagError('outbox', message, { cause }));
      },
    );
  }

  #flush(): void {
    if (!this.#open || this.#resting) return;
    let flying = this.#items.filter(({ phase }) => phase.is === 'flying').length;
    for (const item of this.#items) {
      if (item.phase.is === 'saving' || flying >= this.#window) return;
      if (item.phase.is !== 'ready') continue;
      flying += 1;
      this.#send(item);
    }
  }

  #send(item: Item): void {
    const { room, key, text, replyTo } = item.entry;
    item.phase = { is: 'flying' };
    item.tried = true;
    const reply = replyTo === undefined ? {} : { replyTo };
    this.#house.connection.ask({ type: 'send', room, key, text, ...reply }, (answer) =>
      this.#answered(item, answer),
    );
  }

  #answered(item: Item, answer: Answer<'send'>): void {
    if (!(answer instanceof ChinwagError)) {
      this.#window = Math.min(WIDEST, this.#window + 1);
      this.settle(item.entry.key, { seq: answer.seq, at: answer.at });
    } else if (item.phase.is === 'flying' && answer.code !== 'disconnected') {
      if (answer.passing) {
        item.phase = { is: 'ready' };
        this.#rest(answer.retryAfterMs ?? RETRY_MS);
      } else {
        this.#fail(item, answer);
      }
    }
    this.#changed();
    this.#flush();
  }

  #rest(ms: number): void {
    this.#window = 1;
    if (this.#resting) return;
    this.#resting = true;
    this.#house.clock.after(ms, () => {
      this.#resting = false;
      this.#flush();
    });
  }

  #fail(item: Item, why: ChinwagError): void {
    item.phase = { is: 'failed', why };
    item.entry = { ...item.entry, refused: { code: why.code, message: why.message } };
    item.acked.reject(why);
    // Should this fail, the next start sends the message again and hears the same refusal.
    this.#house.storage.put(item.entry).catch(() => {});
    this.#changed();
  }

  #item(entry: OutboxEntry, phase: Phase, tried: boolean): Item {
    return { entry, phase, tried, acked: this.#deferred() };
  }

  #deferred(): PromiseWithResolvers<Receipt> {
    const acked = Promise.withResolvers<Receipt>();
    // A rejection that nobody listens to must not end a bot: the timeline shows it as well.
    acked.promise.catch(() => {});
    const { ended } = this.#house.connection;
    if (ended !== undefined) acked.reject(ended);
    return acked;
  }
}

function notFailed(key: string): ChinwagError {
  return new ChinwagError('conflict', `no message with the key "${key}" failed or waits unsent`);
}

/** Nothing where it is sent and nobody knows by whom. */
function messageOf({ entry, phase }: Item, me: Person | undefined): TimelineMessage | undefined {
  const { refused: _refused, ...message } = entry;
  if (phase.is === 'failed') return { ...message, state: 'failed', why: phase.why };
  if (phase.is !== 'sent') return { ...message, state: 'pending' };
  return me && { ...message, ...phase.receipt, from: me, state: 'sent' };
}
