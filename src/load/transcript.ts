const PAGE_BITS = 8;
const PAGE_FRAMES = 1 << PAGE_BITS;
const PAGES = 32;
const FIRST_BYTES = 4_096;

/** Some frames in a row: where each ends, and how every stream stood behind it. */
type Page = {
  readonly first: number;
  readonly ends: Uint32Array;
  readonly times: Float64Array;
  readonly due: Float64Array;
  bytes: Buffer;
  count: number;
};

/** No frame. */
export const NONE = -1;

/**
 * What all members of a room hear, kept once: whole frames, in an order in which
 * every stream rises by exactly 1. Who hears the very same bytes from the same
 * place on has heard them in order too, and a comparison of memory tells that for
 * hundreds of frames at once. Keeps the latest 8,192 frames; frames are numbered.
 */
export class Transcript {
  readonly #streams: number;
  #pages: Page[] = [];
  #next = 0;

  constructor(streams: number) {
    this.#streams = streams;
  }

  /** The number of the latest frame. */
  get last(): number {
    return this.#next - 1;
  }

  /** Takes the frame in `bytes`, behind which the streams stand at `due`; answers its number. */
  append(bytes: Buffer, start: number, end: number, time: number, due: Float64Array): number {
    const page = this.#pageForNext();
    const from = endOf(page, page.count - 1);
    const needed = from + end - start;
    if (needed > page.bytes.length) {
      const larger = Buffer.allocUnsafe(2 * needed);
      page.bytes.copy(larger, 0, 0, from);
      page.bytes = larger;
    }
    bytes.copy(page.bytes, from, start, end);
    page.ends[page.count] = needed;
    page.times[page.count] = time;
    page.due.set(due, page.count * this.#streams);
    page.count += 1;
    this.#next += 1;
    return this.last;
  }

  /** The frame behind which a stream first stood at `due`, or `NONE`. */
  find(stream: number, due: number): number {
    const first = this.#pages[0]?.first ?? this.#next;
    let low = first;
    let high = this.#next;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.dueAt(middle, stream) < due) low = middle + 1;
      else high = middle;
    }
    return low < this.#next && this.dueAt(low, stream) === due ? low : NONE;
  }

  /** How a stream stood behind a frame; -1 when it is not kept. */
  dueAt(frame: number, stream: number): number {
    const page = this.#pageOf(frame);
    return page?.due[(frame - page.first) * this.#streams + stream] ?? -1;
  }

  /** Writes into `due` how all streams stood behind a frame that is kept. */
  readDue(frame: number, due: Float64Array): void {
    const page = this.#pageOf(frame);
    const at = (frame - (page?.first ?? frame)) * this.#streams;
    for (let stream = 0; stream < this.#streams; stream += 1)
      due[stream] = page?.due[at + stream] ?? -1;
  }

  /** Whether all streams stood at `due` behind a frame. */
  isAt(frame: number, due: Float64Array): boolean {
    return due.every((counter, stream) => this.dueAt(frame, stream) === counter);
  }

  /** Whether no stream has come further here than `due`. */
  isBehind(due: Float64Array): boolean {
    return due.every((counter, stream) => this.dueAt(this.last, stream) <= counter);
  }

  /** Forgets all frames. No frame that is taken from now on follows one that was taken before. */
  restart(): void {
    this.#pages = [];
    this.#next += 1;
  }

  /** When the message of a frame was due. */
  timeOf(frame: number): number {
    const page = this.#pageOf(frame);
    return page?.times[frame - page.first] ?? 0;
  }

  /** Answers the last of the whole frames behind `frame` that lie in `bytes` from `at` on, as they are here. */
  follow(frame: number, bytes: Buffer, at: number, to: number): { last: number; end: number } {
    const page = this.#pageOf(frame + 1);
    if (page === undefined) return { last: frame, end: at };
    const before = frame - page.first;
    const from = endOf(page, before);
    const index = lastWithin(page, before, from + to - at);
    const length = endOf(page, index) - from;
    if (length === 0 || page.bytes.compare(bytes, at, at + length, from, from + length) !== 0) {
      return { last: frame, end: at };
    }
    return { last: page.first + index, end: at + length };
  }

  #pageForNext(): Page {
    const last = this.#pages.at(-1);
    if (last !== undefined && last.count < PAGE_FRAMES) return last;
    const page: Page = {
      first: this.#next,
      ends: new Uint32Array(PAGE_FRAMES),
      times: new Float64Array(PAGE_FRAMES),
      due: new Float64Array(PAGE_FRAMES * this.#streams),
      bytes: Buffer.allocUnsafe(last?.bytes.length ?? FIRST_BYTES),
      count: 0,
    };
    this.#pages = [...this.#pages.slice(1 - PAGES), page];
    return page;
  }

  #pageOf(frame: number): Page | undefined {
    const first = this.#pages[0]?.first ?? 0;
    return frame < first || frame >= this.#next
      ? undefined
      : this.#pages[(frame - first) >> PAGE_BITS];
  }
}

/** The last frame of a page, from `index` on, that ends at `end` or before. */
function lastWithin(page: Page, index: number, end: number): number {
  let low = index;
  let high = page.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (endOf(page, middle) <= end) low = middle;
    else high = middle - 1;
  }
  return low;
}

function endOf(page: Page, index: number): number {
  return index < 0 ? 0 : (page.ends[index] ?? 0);
}
