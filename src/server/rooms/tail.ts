/** How much may be held; the bytes are those of the events. */
export type Capacity = { readonly bytes: number; readonly events: number };

const MOST_PAGE_EVENTS = 250;
const MOST_PAGE_BYTES = 65_536;
/** A page that is full grows by so much, until it is as large as one may be. */
const GROWTH = 1.5;

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
    addTo(this.#pages, payload);
    this.#events += 1;
    this.#bytes += payload.length;
    while (this.#events > most.events || this.#bytes > most.bytes) this.#dropQuarter();
  }

  /** Puts older events before the ones held, up to the last `before`; keeps what fits. */
  extend(older: readonly Uint8Array[], maxBytes: number): void {
    let first = older.length;
    let bytes = this.#bytes;
    for (const { length } of older.toReversed()) {
      if (bytes + length > maxBytes) break;
      bytes += length;
      first -= 1;
    }
    const fitting = older.slice(first);
    const pages: Page[] = [];
    for (const payload of fitting) addTo(pages, payload);
    this.#pages.unshift(...pages);
    this.#events += fitting.length;
    this.#bytes = bytes;
    this.#before -= fitting.length;
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

  #dropQuarter(): void {
    let count = Math.ceil(this.#events / 4);
    this.#events -= count;
    this.#before += count;
    while (count > 0) {
      const [first] = this.#pages;
      if (first === undefined) return;
      const dropped = Math.min(count, first.count);
      count -= dropped;
      this.#bytes -= first.drop(dropped);
      if (first.count === 0) this.#pages.shift();
    }
  }
}

function addTo(pages: Page[], payload: Uint8Array): void {
  const last = pages.at(-1);
  if (last?.takes(payload)) {
    last.add(payload);
    return;
  }
  last?.trim();
  const page = new Page();
  page.add(payload);
  pages.push(page);
}

/**
 * Some events in a row in one piece of memory: an object for each would cost more than most events
 * have bytes. What was given out of it stays as it is.
 */
class Page {
  #bytes = new Uint8Array(0);
  /** Where each event ends. */
  #ends: number[] = [];

  get count(): number {
    return this.#ends.length;
  }

  get #used(): number {
    return this.#ends.at(-1) ?? 0;
  }

  takes(payload: Uint8Array): boolean {
    return this.count < MOST_PAGE_EVENTS && this.#used + payload.length <= MOST_PAGE_BYTES;
  }

  add(payload: Uint8Array): void {
    const start = this.#used;
    const end = start + payload.length;
    if (end > this.#bytes.length) {
      const room = Math.min(MOST_PAGE_BYTES, Math.ceil(GROWTH * this.#bytes.length));
      this.#resize(Math.max(end, room));
    }
    this.#bytes.set(payload, start);
    this.#ends.push(end);
  }

  /** Nothing more will be added. */
  trim(): void {
    this.#resize(this.#used);
  }

  /** Drops its first events; answers how many bytes they had. */
  drop(count: number): number {
    const cut = this.#ends[count - 1] ?? 0;
    this.#bytes = this.#bytes.slice(cut, this.#used);
    this.#ends = this.#ends.slice(count).map((end) => end - cut);
    return cut;
  }

  /** The events from the `index`th on. */
  from(index: number): readonly Uint8Array[] {
    const ends = this.#ends;
    return ends.slice(index).map((end, n) => this.#bytes.subarray(ends[index + n - 1] ?? 0, end));
  }

  #resize(length: number): void {
    const bytes = new Uint8Array(length);
    bytes.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = bytes;
  }
}
