import { isEntry } from '../chat/outbox-entry.ts';
import type { OutboxEntry, OutboxStorage } from '../client/index.ts';
import { hold, holders } from './locks.ts';

/** An entry as it lies in the browser: with the tab that sends it. */
interface Stored {
  readonly entry: OutboxEntry;
  readonly tab: string;
  /** Its place: entries leave in the order in which they came. */
  readonly at: number;
}

const NAME = 'chinwag';
const STORE = 'outbox';
const TURN = 'chinwag.outbox';

/**
 * Unsent messages in IndexedDB, where they survive the tab. Each entry belongs to one tab, which
 * alone sends it. A tab is alive as long as it holds the lock of its name; what a dead one left
 * is taken over by the next that looks. Without locks, as in pages that came over plain HTTP,
 * two tabs may send the same message: its key makes that harmless.
 */
export class BrowserOutbox implements OutboxStorage {
  readonly #tab = `chinwag.tab.${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  readonly #database = open();
  /** Where each entry stands. Known at once, so that calls take effect in the order they are made. */
  readonly #places = new Map<string, number>();
  #last = 0;
  readonly #closed = new AbortController();

  constructor() {
    hold(this.#tab, this.#closed.signal);
  }

  /** What tabs that are gone have left. They are this tab's from now on. */
  load(): Promise<readonly OutboxEntry[]> {
    return inTurn(async () => {
      const living = await holders();
      const orphans = (await this.#all()).filter(({ tab }) => !living.has(tab));
      for (const { entry, at } of orphans) {
        this.#places.set(entry.key, at);
        await this.#write({ entry, at, tab: this.#tab });
      }
      return orphans.map(({ entry }) => entry);
    });
  }

  async put(entry: OutboxEntry): Promise<void> {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const at = this.#places.get(entry.key) ?? this.#last;
    this.#places.set(entry.key, at);
    await this.#write({ entry, tab: this.#tab, at });
  }

  async remove(key: string): Promise<void> {
    this.#places.delete(key);
    await this.#do('readwrite', (store) => store.delete(key));
  }

  /** Gives up what this tab has not sent. */
  async takeOut(): Promise<readonly OutboxEntry[]> {
    const own = (await this.#all()).filter(({ tab }) => tab === this.#tab);
    for (const { entry } of own) await this.remove(entry.key);
    this.close();
    return own.map(({ entry }) => entry);
  }

  /** Somebody else signs in here next: what was not sent goes with who wrote it. */
  async clear(): Promise<void> {
    await this.#do('readwrite', (store) => store.clear());
    this.close();
  }

  close(): void {
    this.#closed.abort();
  }

  async #all(): Promise<Stored[]> {
    const found: unknown[] = await this.#do('readonly', (store) => store.getAll());
    return found.filter(isStored).sort((one, other) => one.at - other.at);
  }

  async #write(stored: Stored): Promise<void> {
    await this.#do('readwrite', (store) => store.put(stored, stored.entry.key));
  }

  async #do<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) {
    const transaction = (await this.#database).transaction(STORE, mode, { durability: 'strict' });
    const request = ask(transaction.objectStore(STORE));
    return new Promise<T>((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser gave up'));
    });
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });
}

/** Two tabs that start at once must not both take the same entries. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
  return navigator.locks === undefined ? run() : navigator.locks.request(TURN, run);
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  if (!('entry' in value && 'tab' in value && 'at' in value)) return false;
  return typeof value.tab === 'string' && typeof value.at === 'number' && isEntry(value.entry);
}
