import headless, { type IBufferCell, type Terminal } from '@xterm/headless';
import type { Style } from '../../../src/terminal/line.ts';
import type { Caret, Size } from '../../../src/terminal/screen.ts';

/** A real terminal in memory: what a person would see of the bytes written to it. */
export class TestScreen {
  readonly #terminal: Terminal;

  constructor({ columns, rows }: Size) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  /** Resolves once everything written so far is on the screen. */
  write(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  resize({ columns, rows }: Size): void {
    this.#terminal.resize(columns, rows);
  }

  /** Each row's text without blanks at its end. */
  get rows(): string[] {
    return Array.from({ length: this.#terminal.rows }, (_, row) => this.row(row));
  }

  row(row: number): string {
    const line = this.#terminal.buffer.active.getLine(row + this.#terminal.buffer.active.viewportY);
    return line?.translateToString(true) ?? '';
  }

  /** How the cell at this place looks. */
  style(row: number, column: number): Style {
    const buffer = this.#terminal.buffer.active;
    const cell = buffer.getLine(row + buffer.viewportY)?.getCell(column);
    return cell === undefined ? {} : styleOf(cell);
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
