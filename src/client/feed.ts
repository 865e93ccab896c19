import type { ServerEvent } from '../protocol/events.ts';

/** Somebody said this person's name. Comes after the `message` that it repeats. */
export type Mention = Omit<Extract<ServerEvent, { type: 'message' }>, 'type'> & {
  readonly type: 'mention';
};

/**
 * Events are missing from this iterator: read what you need anew. `overflow`: the reader was
 * too slow and its buffer was emptied. `catchUp`: the client was away for too long, or the
 * server has another history, and this room started afresh.
 */
export type Reset =
  | { readonly type: 'reset'; readonly why: 'overflow' }
  | { readonly type: 'reset'; readonly why: 'catchUp'; readonly room: string };

export type ClientEvent = Exclude<ServerEvent, { type: 'heartbeat' }> | Mention;
export type ClientEventType = ClientEvent['type'];
export type EventOf<T extends ClientEventType> = Extract<ClientEvent, { type: T }>;

/** An iterator holds this many events for a slow reader, then says `reset`. */
const BUFFERED_EVENTS = 1_000;

interface End {
  readonly error?: Error;
}

type Item<T extends ClientEventType> = EventOf<T> | Reset;

/** Hands every event to every iterator that asked for its type. */
export class Feed {
  readonly #readers = new Set<Pick<Reader<ClientEventType>, 'push' | 'end'>>();
  #end: End | undefined;

  emit(event: ClientEvent | Reset): void {
    for (const reader of this.#readers) reader.push(event);
  }

  /** Lets every iterator finish what it holds, then ends it: with `error`, where there is one. */
  close(error?: Error): void {
    this.#end = error === undefined ? {} : { error };
    for (const reader of this.#readers) reader.end(this.#end);
    this.#readers.clear();
  }

  /** No types: every event. Events count from this call on, not from the first `next`. */
  read<T extends ClientEventType>(types: readonly T[]): AsyncIterableIterator<Item<T>> {
    const reader = new Reader(types, () => this.#readers.delete(reader));
    if (this.#end === undefined) this.#readers.add(reader);
    else reader.end(this.#end);
    return reader;
  }
}

class Reader<T extends ClientEventType> implements AsyncIterableIterator<Item<T>> {
  readonly #types: ReadonlySet<string>;
  readonly #gone: () => void;
  #items: Item<T>[] = [];
  /** Calls of `next` that came before their event. */
  #waiting: PromiseWithResolvers<IteratorResult<Item<T>>>[] = [];
  #end: End | undefined;

  constructor(types: readonly T[], gone: () => void) {
    this.#types = new Set(types);
    this.#gone = gone;
  }

  push(event: ClientEvent | Reset): void {
    if (!this.#wants(event)) return;
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next.resolve({ done: false, value: event });
      return;
    }
    if (this.#items.length >= BUFFERED_EVENTS) this.#items = [{ type: 'reset', why: 'overflow' }];
    this.#items.push(event);
  }

  end(end: End): void {
    this.#end = end;
    for (const next of this.#waiting.splice(0)) this.next().then(next.resolve, next.reject);
  }

  async next(): Promise<IteratorResult<Item<T>>> {
    const value = this.#items.shift();
    if (value !== undefined) return { done: false, value };
    const end = this.#end;
    if (end === undefined) {
      const next = Promise.withResolvers<IteratorResult<Item<T>>>();
      this.#waiting.push(next);
      return next.promise;
    }
    this.#end = {};
    if (end.error !== undefined) throw end.error;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Item<T>>> {
    this.#items = [];
    this.end({});
    this.#gone();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wants(event: ClientEvent | Reset): event is Item<T> {
    return event.type === 'reset' || this.#types.size === 0 || this.#types.has(event.type);
  }
}
