import type { Clock } from '../client/index.ts';
import { untilAborted } from './abort.ts';

/** A message that was made of lines. */
export type Part = {
  readonly text: string;
  /** The first and the last of its lines, counted from 1. */
  readonly first: number;
  readonly last: number;
};

type FoldOptions = {
  /** The longest text, in characters. */
  readonly limit: number;
  /**
   * Lines that come so soon after the first are one message with it. Without it only the limit
   * and the end cut, so that the same input always gives the same messages.
   */
  readonly windowMs?: number | undefined;
  readonly clock: Clock;
  /** When it is aborted no more is read; what came until then is still given. */
  readonly stop: AbortSignal;
};

/** Lines as messages. Reads no further than it is asked to, so a slow server slows the writer down. */
export async function* fold(
  input: AsyncIterable<string>,
  { limit, windowMs, clock, stop }: FoldOptions,
): AsyncGenerator<Part> {
  const folder = new Folder(limit);
  const chunks = input[Symbol.asyncIterator]();
  let coming = read(chunks, stop);
  let timer: Timer | undefined;
  try {
    for (;;) {
      yield* takeAll(folder, 'full');
      if (windowMs !== undefined && folder.hasLine) timer ??= startTimer(clock, windowMs);
      const next = await Promise.race(timer === undefined ? [coming] : [coming, timer.over]);
      if (next === 'over') {
        timer = undefined;
        yield* takeAll(folder, 'lines');
      } else if (next === 'end') {
        folder.end();
        yield* takeAll(folder, 'all');
        return;
      } else {
        folder.add(next.text);
        coming = read(chunks, stop);
      }
    }
  } finally {
    timer?.cancel();
  }
}

async function read(chunks: AsyncIterator<string>, stop: AbortSignal) {
  try {
    const { done, value } = await untilAborted(chunks.next(), stop);
    return done === true ? 'end' : { text: value };
  } catch (error) {
    if (stop.aborted) return 'end';
    throw error;
  }
}

type Timer = { readonly over: Promise<'over'>; cancel(): void };

function startTimer(clock: Clock, ms: number): Timer {
  const { promise, resolve } = Promise.withResolvers<'over'>();
  return { over: promise, cancel: clock.after(ms, () => resolve('over')) };
}

type What = 'full' | 'lines' | 'all';

function* takeAll(folder: Folder, what: What): Generator<Part> {
  for (let part = folder.take(what); part !== undefined; part = folder.take(what)) {
    if (part.text !== '') yield part;
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** More than any grapheme that a person would write. */
const LONGEST_GRAPHEME = 64;

/** Text that has come, cut where messages end: between lines, else between graphemes. */
class Folder {
  readonly #limit: number;
  #text = '';
  /** The number of the line that `#text` begins with. */
  #line = 1;
  #hasReturn = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get hasLine(): boolean {
    return this.#text.includes('\n');
  }

  add(chunk: string): void {
    const text = this.#hasReturn ? `\r${chunk}` : chunk;
    // The line feed that belongs to it may come with the next chunk.
    this.#hasReturn = text.endsWith('\r');
    this.#text += (this.#hasReturn ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n');
  }

  end(): void {
    if (this.#hasReturn) this.#text += '\n';
    this.#hasReturn = false;
  }

  /** `full`: no more goes into it. `lines`: whole lines. `all`: the rest, ended or not. */
  take(what: What): Part | undefined {
    const end = this.#fullEnd();
    if (end !== undefined) return this.#cut(end);
    if (what === 'full' || this.#text === '') return undefined;
    const whole = what === 'all' ? this.#text.length : this.#text.lastIndexOf('\n') + 1;
    return whole === 0 ? undefined : this.#cut(whole);
  }

  /** Where a message ends that no more goes into; undefined while all of it fits into one. */
  #fullEnd(): number | undefined {
    const text = this.#text;
    if (text.length <= this.#limit) return undefined;
    const most = endOf(text, this.#limit);
    if (most === text.length) return undefined;
    if (text[most] === '\n') return most + 1;
    const line = text.lastIndexOf('\n', most - 1);
    if (line > 0) return line + 1;
    const around = graphemes.segment(text.slice(0, most + LONGEST_GRAPHEME)).containing(most);
    return around === undefined || around.index === 0 ? most : around.index;
  }

  #cut(end: number): Part {
    const raw = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    const text = raw.replace(/^\n+|\n+$/g, '');
    const first = this.#line + linesIn(raw.slice(0, raw.length - raw.replace(/^\n+/, '').length));
    this.#line += linesIn(raw);
    return { text, first, last: first + linesIn(text) };
  }
}

/** Where the first `count` characters end. */
function endOf(text: string, count: number): number {
  let end = 0;
  for (let n = 0; n < count && end < text.length; n += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return end;
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
