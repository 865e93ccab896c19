import { type Tone, turn } from './ink.ts';
import { isDoubtful, type Piece, type Row } from './row.ts';
import type { Caret } from './screen.ts';
import type { Shift } from './shift.ts';

/** Longer than what it takes to erase so many columns and to go on behind them. */
const LONG_BLANK = 12;
/** At the right edge, and where terminals disagree, only the row is certain. */
const UNKNOWN = -1;

/** Gathers the bytes of one frame, and knows where the cursor is and how it would write. */
export class Pen {
  readonly #columns: number;
  readonly #plain: Tone;
  #tone: Tone;
  #place: Caret | undefined;
  #bytes = '';

  constructor(columns: number, plain: Tone, tone: Tone | undefined, place: Caret | undefined) {
    this.#columns = columns;
    this.#plain = plain;
    this.#tone = tone ?? plain;
    this.#place = place;
  }

  get bytes(): string {
    return this.#bytes;
  }

  get tone(): Tone {
    return this.#tone;
  }

  get place(): Caret | undefined {
    return this.#place;
  }

  /** Empties the screen, whatever was on it and however the terminal wrote before. */
  wipe(): void {
    this.#bytes += '\x1b[m\x1b[2J';
    this.#tone = this.#plain;
    this.#place = undefined;
  }

  moveTo(row: number, column: number): void {
    const { row: atRow, column: atColumn } = this.#place ?? {};
    if (atRow === row && atColumn === column) return;
    if (atRow === row) this.#bytes += column === 0 ? '\r' : `\x1b[${column + 1}G`;
    else this.#bytes += column === 0 ? `\x1b[${row + 1}H` : `\x1b[${row + 1};${column + 1}H`;
    this.#place = { row, column };
  }

  /** Lines are deleted or inserted, because not every terminal can scroll by itself. */
  shift({ top, bottom, by }: Shift): void {
    this.#turn(this.#plain);
    this.#bytes += `\x1b[${top + 1};${bottom + 1}r\x1b[${top + 1}H`;
    this.#bytes += `\x1b[${Math.abs(by) === 1 ? '' : Math.abs(by)}${by > 0 ? 'M' : 'L'}\x1b[r`;
    this.#place = undefined;
  }

  write(index: number, { texts, tones }: Row, { start, end }: Piece): void {
    for (let column = start; column < end; ) {
      const tone = tones[column] ?? this.#plain;
      let stop = column + 1;
      while (stop < end && tones[stop] === tone) stop += 1;
      this.moveTo(index, column);
      this.#turn(tone);
      const blanks = tone === this.#plain ? blanksAt(texts, column, stop) : 0;
      if (blanks >= LONG_BLANK) {
        this.#bytes += `\x1b[${blanks}X`;
        column += blanks;
      } else if (isDoubtful(texts[column] ?? ' ')) {
        const doubtEnd = runEnd(texts, column, stop, true);
        this.#writeDoubtful(index, texts, column, doubtEnd);
        column = doubtEnd;
      } else {
        const next = runEnd(texts, column, blanks > 0 ? column + blanks : stop, false);
        this.#put(index, texts.slice(column, next).join(''), next);
        column = next;
      }
    }
  }

  clearToEnd(index: number, column: number): void {
    if (column >= this.#columns) return;
    this.moveTo(index, column);
    this.#turn(this.#plain);
    this.#bytes += '\x1b[K';
  }

  /**
   * Terminals differ about how wide these are. Blanks go before each, for where one takes it for
   * narrower and shows what the one before spilled; the cursor is set after each, for where one
   * takes it for wider.
   */
  #writeDoubtful(index: number, texts: readonly string[], start: number, end: number): void {
    for (let column = start; column < end; ) {
      const next = nextGrapheme(texts, column, end);
      this.moveTo(index, column);
      this.#put(index, ' '.repeat(next - column), next);
      this.moveTo(index, column);
      this.#bytes += texts[column];
      this.#place = { row: index, column: UNKNOWN };
      column = next;
    }
  }

  #put(row: number, text: string, column: number): void {
    this.#bytes += text;
    this.#place = { row, column: column < this.#columns ? column : UNKNOWN };
  }

  #turn(tone: Tone): void {
    this.#bytes += turn(this.#tone, tone);
    this.#tone = tone;
  }
}

function blanksAt(texts: readonly string[], start: number, end: number): number {
  let column = start;
  while (column < end && texts[column] === ' ') column += 1;
  return column - start;
}

/** How far it goes on as it begins: doubtful or not, and up to what may be a long blank. */
function runEnd(texts: readonly string[], start: number, end: number, doubts: boolean): number {
  let column = nextGrapheme(texts, start, end);
  while (column < end && isDoubtful(texts[column] ?? ' ') === doubts) {
    if (texts[column] === ' ' && texts[start] !== ' ' && texts[column + 1] === ' ') break;
    column = nextGrapheme(texts, column, end);
  }
  return column;
}

function nextGrapheme(texts: readonly string[], column: number, end: number): number {
  let next = column + 1;
  while (next < end && texts[next] === '') next += 1;
  return next;
}
