/** How much may be held. */
export type Capacity = { readonly bytes: number; readonly events: number };

/** A tail is dropped page by page, so that it holds three quarters of what it may at least. */
const SHARE = 1 / 4;
const MOST_PAGE_EVENTS = 250;
const MOST_PAGE_BYTES = 65_536;
const FIRST_PAGE_BYTES = 1_024;

/**
 * The last events of a room, encoded, with no gap between them: what most of those
 * who come back have missed, served without asking the storage.
 */
export class Tail {
  readonly #pages: Page[] = [];
  #events = 0;
  #bytes = 0;
  /** The `seq` before the first one held. */
  #before: number;

  constructor(head: number) {
    this.#before = head;
  }

  /** The `seq` before the first one held: whoever is further behind must ask the storage. */
  get before(): number {
    return this.#before;
  }

  /** `payload` is the JSON of the event after the last one held. It is copied. */
  push(payload: Uint8Array, most: Capacity): void {
    const pageBytes = Math.min(MOST_PAGE_BYTES, Math.floor(most.bytes * SHARE));
    let page = this.#pages.at(-1);
    if (page === undefined || !page.takes(payload, pageBytes)) {
      page = new Page(page === undefined ? FIRST_PAGE_BYTES : pageBytes);
      this.#pages.push(page);
    }
    page.add(payload);
    this.#events += 1;
    this.#bytes += payload.length;
    while (this.#events > most.events || this.#bytes > most.bytes) this.#dropPage();
  }

  /** Puts older events before the ones held, up to the last `before`; keeps what fits. */
  extend(older: readonly Uint8Array[], maxBytes: number): void {
    let first = older.length;
    let bytes = 0;
    for (const { length } of older.toReversed()) {
      if (this.#bytes + bytes + length > maxBytes) break;
      bytes += length;
      first -= 1;
    }
    const page = new Page(bytes);
    for (const payload of older.slice(first)) page.add(payload);
    this.#pages.unshift(page);
    this.#events += page.count;
    this.#bytes += bytes;
    this.#before -= page.count;
  }

  /** Everything after `after`, or undefined where that is more than is held. */
  since(after: number): readonly Uint8Array[] | undefined {
    if (after < this.#before) return undefined;
    let skip = after - this.#before;
    return this.#pages.flatMap((page) => {
      const events = page.from(skip);
      skip = Math.max(0, skip - page.count);
      return events;
    });
  }

  #dropPage(): void {
    const page = this.#pages.shift();
    if (page === undefined) return;
    this.#events -= page.count;
    this.#bytes -= page.used;
    this.#before += page.count;
  }
}

/**
 * Some events in a row in one piece of memory: an object for each would cost more than most events
 * have bytes, and outlive so many collections that the next full one would come soon.
 */
class Page {
  #bytes: Uint8Array;
  /** Where each event ends. */
  readonly #ends: number[] = [];

  constructor(bytes: number) {
    this.#bytes = new Uint8Array(bytes);
  }

  get count(): number {
    return this.#ends.length;
  }

  get used(): number {
    return this.#ends.at(-1) ?? 0;
  }

  takes(payload: Uint8Array, mostBytes: number): boolean {
    return this.count < MOST_PAGE_EVENTS && this.used + payload.length <= mostBytes;
  }

  add(payload: Uint8Array): void {
    const start = this.used;
    const end = start + payload.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(payload, start);
    this.#ends.push(end);
  }

  /** The events from the `index`th on. */
  from(index: number): readonly Uint8Array[] {
    const ends = this.#ends;
    return ends.slice(index).map((end, n) => this.#bytes.subarray(ends[index + n - 1] ?? 0, end));
  }
}
