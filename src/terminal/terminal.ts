import type { ReadStream, WriteStream } from 'node:tty';
import type { Clock } from '../client/index.ts';
import type { Input } from './input.ts';
import { Painter } from './painter.ts';
import { paletteOf } from './palette.ts';
import type { Frame, Screen, Size } from './screen.ts';
import type { Background } from './theme.ts';

export type TerminalOptions = {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Everything but Ctrl-Z, which the terminal sees to itself. */
  readonly onInput: (input: Input) => void;
  /** The size is another one: the app lays out anew and paints. */
  readonly onResize: (size: Size) => void;
  /** The terminal is gone; there is nobody to paint for. Called once at the most. */
  readonly onGone: () => void;
};

/** The person's terminal, taken over from `new` to `close()`, and given back on every way out. */
export class Terminal implements Screen {
  /** Which background it has: from the environment or by asking it; dark if it does not say. */
  readonly background: Promise<Background>;
  readonly #painter: Painter;

  constructor(options: TerminalOptions) {
    const { output, environment } = options;
    const size = { columns: output.columns, rows: output.rows };
    this.#painter = new Painter(output, size, paletteOf(environment));
    this.background = Promise.resolve('dark');
  }

  get size(): Size {
    return this.#painter.size;
  }

  paint(frame: Frame): void {
    this.#painter.paint(frame);
  }

  /** What stands over the window or the tab. */
  title(_text: string): void {}

  /** Asks for attention. */
  ring(): void {}

  close(): void {}
}
