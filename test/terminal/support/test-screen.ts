import { Writable } from 'node:stream';
import headless, { type IBufferCell, type Terminal } from '@xterm/headless';
import type { Style } from '../../../src/terminal/line.ts';
import { Painter } from '../../../src/terminal/painter.ts';
import type { Palette } from '../../../src/terminal/palette.ts';
import type { Caret, Size } from '../../../src/terminal/screen.ts';
import { providerOf, type Widths } from './widths.ts';

/** The mode in which the cursor shows. */
const CURSOR = 25;

export type Cell = { readonly text: string; readonly style: Style };

type Options = { readonly widths?: Widths; readonly palette?: Palette };

/**
 * A real terminal in memory, set up as the client does, and a painter that draws on it. Look at it
 * after `settled()`.
 */
export class TestScreen {
  readonly painter: Painter;
  /** Where to write what it shall show. */
  readonly output: Writable;
  readonly #terminal: Terminal;
  #written: Buffer[] = [];
  #hasCursor = true;

  constructor(size: Size, { widths = 'graphemes', palette = 'many' }: Options = {}) {
    this.#terminal = new headless.Terminal({
      cols: size.columns,
      rows: size.rows,
      allowProposedApi: true,
    });
    const provider = providerOf(widths);
    if (provider !== undefined) {
      this.#terminal.unicode.register(provider);
      this.#terminal.unicode.activeVersion = provider.version;
    }
    for (const final of ['h', 'l']) {
      this.#terminal.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
        if (params.includes(CURSOR)) this.#hasCursor = final === 'h';
        return false;
      });
    }
    this.#terminal.write('\x1b[?7l');
    this.output = new Writable({
      write: (bytes: Buffer, _encoding, done) => {
        this.#written.push(bytes);
        this.#terminal.write(bytes, () => done());
      },
    });
    this.painter = new Painter(this.output, size, palette);
  }

  /** Resolves once everything written so far is on the screen. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.output.write('', () => resolve()));
  }

  /** What was written since this was asked last. */
  async bytes(): Promise<string> {
    await this.settled();
    const bytes = Buffer.concat(this.#written).toString();
    this.#written = [];
    return bytes;
  }

  /** As when a person pulls at the window's edge. */
  resize(size: Size): void {
    this.#terminal.resize(size.columns, size.rows);
    this.painter.resize(size);
  }

  /** Each row's text, without blanks at its end. */
  get rows(): string[] {
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      this.cells(row)
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    );
  }

  /** A row column by column; behind a wide character stands an empty text. */
  cells(row: number): Cell[] {
    const buffer = this.#terminal.buffer.active;
    const line = buffer.getLine(row + buffer.viewportY);
    return Array.from({ length: this.#terminal.cols }, (_, column) => {
      const cell = line?.getCell(column);
      if (cell === undefined) return { text: ' ', style: {} };
      const isBehindWide = cell.getWidth() === 0;
      return { text: isBehindWide ? '' : cell.getChars() || ' ', style: styleOf(cell) };
    });
  }

  style(row: number, column: number): Style {
    return this.cells(row)[column]?.style ?? {};
  }

  /** What the terminal says when it is asked something. */
  onAnswer(tell: (answer: string) => void): void {
    this.#terminal.onData(tell);
  }

  /** What a program may leave behind on a terminal. */
  get modes() {
    const { bracketedPasteMode, mouseTrackingMode, wraparoundMode } = this.#terminal.modes;
    const { type } = this.#terminal.buffer.active;
    return { bracketedPasteMode, mouseTrackingMode, wraparoundMode, buffer: type };
  }

  get hasCursor(): boolean {
    return this.#hasCursor;
  }

  get cursor(): Caret {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    return { row: cursorY, column: cursorX };
  }
}

function styleOf(cell: IBufferCell): Style {
  return {
    ...(cell.isFgDefault() ? {} : { foreground: cell.getFgColor() }),
    ...(cell.isBgDefault() ? {} : { background: cell.getBgColor() }),
    ...(cell.isBold() ? { bold: true } : {}),
    ...(cell.isDim() ? { dim: true } : {}),
    ...(cell.isItalic() ? { italic: true } : {}),
    ...(cell.isUnderline() ? { underline: true } : {}),
    ...(cell.isStrikethrough() ? { strike: true } : {}),
    ...(cell.isInverse() ? { inverse: true } : {}),
  };
}
