import type { Writable } from 'node:stream';
import { Ink, type Tone } from './ink.ts';
import type { Line } from './line.ts';
import type { Palette } from './palette.ts';
import { Pen } from './pen.ts';
import { changeOf, emptyRow, type Row, rowOf } from './row.ts';
import type { Caret, Frame, Screen, Size } from './screen.ts';
import { applyShift, shiftBetween } from './shift.ts';

/** Terminals that know it show all that stands between at once; to the others it is nothing. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';
const SHOW_CARET = '\x1b[?25h';
const HIDE_CARET = '\x1b[?25l';

/** What the terminal is known to show, and how it would write on. */
type Shown = {
  readonly rows: readonly Row[];
  readonly tone: Tone;
  readonly place: Caret | undefined;
  readonly hasCaret: boolean;
};

/**
 * Draws frames on a terminal whose autowrap is off: what differs from the frame before, in one
 * write. While the terminal does not keep up, frames are left out; the latest follows. No control
 * character of a frame's text is ever written.
 */
export class Painter implements Screen {
  readonly #output: Writable;
  readonly #ink: Ink;
  #size: Size;
  /** `undefined` when anything may be on the screen. */
  #shown: Shown | undefined;
  #latest: Frame | undefined;
  #rows = new WeakMap<Line, Row>();
  #state: 'ready' | 'waiting' | 'behind' | 'closed' = 'ready';
  readonly #drained = () => this.#onDrain();

  constructor(output: Writable, size: Size, palette: Palette) {
    this.#output = output;
    this.#size = size;
    this.#ink = new Ink(palette);
    output.on('drain', this.#drained);
  }

  get size(): Size {
    return this.#size;
  }

  /** The next frame is painted from scratch. */
  resize(size: Size): void {
    this.#size = size;
    this.#rows = new WeakMap();
    this.#shown = undefined;
  }

  /** Paints the last frame from scratch, whatever is on the screen by now. */
  repaint(): void {
    this.#shown = undefined;
    if (this.#latest !== undefined) this.paint(this.#latest);
  }

  paint(frame: Frame): void {
    this.#latest = frame;
    if (this.#state === 'waiting') this.#state = 'behind';
    if (this.#state === 'ready') this.#draw(frame);
  }

  close(): void {
    this.#state = 'closed';
    this.#output.off('drain', this.#drained);
  }

  #draw({ lines, caret }: Frame): void {
    const { columns, rows: count } = this.#size;
    const rows = Array.from({ length: count }, (_, index) => this.#rowOf(lines[index]));
    const before = this.#shown;
    const pen = new Pen(columns, this.#ink.plain, before?.tone, before?.place);
    if (before === undefined) pen.wipe();
    const changed = this.#drawChanges(pen, before?.rows ?? rows.map(() => emptyRow), rows);
    const wanted = caret === undefined ? undefined : within(caret, this.#size);
    if (wanted !== undefined) pen.moveTo(wanted.row, wanted.column);
    const hasCaret = wanted !== undefined;
    const had = before?.hasCaret;
    this.#shown = { rows, tone: pen.tone, place: pen.place, hasCaret };
    // A caret that runs about would flicker where frames are not shown at once.
    const hides = had !== false && (!hasCaret || changed > 1 || before === undefined);
    const shows = hasCaret && (had !== true || hides);
    const bytes = (hides ? HIDE_CARET : '') + pen.bytes + (shows ? SHOW_CARET : '');
    if (bytes !== '') this.#write(BEGIN + bytes + END);
  }

  /** Answers how many rows were written. */
  #drawChanges(pen: Pen, before: readonly Row[], rows: readonly Row[]): number {
    const shift = shiftBetween(before, rows, this.#ink);
    if (shift !== undefined) pen.shift(shift);
    const shown = shift === undefined ? before : applyShift(before, shift);
    let written = shift === undefined ? 0 : 2;
    for (const [index, row] of rows.entries()) {
      const { pieces, clears } = changeOf(shown[index] ?? emptyRow, row, this.#ink);
      for (const piece of pieces) pen.write(index, row, piece);
      if (clears) pen.clearToEnd(index, row.texts.length);
      if (clears || pieces.length > 0) written += 1;
    }
    return written;
  }

  #rowOf(line: Line | undefined): Row {
    if (line === undefined || line.length === 0) return emptyRow;
    const before = this.#rows.get(line);
    if (before !== undefined) return before;
    const row = rowOf(line, this.#size.columns, this.#ink);
    this.#rows.set(line, row);
    return row;
  }

  #write(bytes: string): void {
    if (!this.#output.write(bytes)) this.#state = 'waiting';
  }

  #onDrain(): void {
    const wasBehind = this.#state === 'behind';
    if (this.#state !== 'closed') this.#state = 'ready';
    if (wasBehind && this.#latest !== undefined) this.paint(this.#latest);
  }
}

function within({ row, column }: Caret, { columns, rows }: Size): Caret {
  const clamp = (value: number, below: number) => Math.max(0, Math.min(value, below - 1));
  return { row: clamp(row, rows), column: clamp(column, columns) };
}
