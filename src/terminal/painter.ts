import type { Writable } from 'node:stream';
import type { Palette } from './palette.ts';
import type { Frame, Screen, Size } from './screen.ts';

/** Draws frames on a terminal, sending what changed. The terminal must have autowrap switched off. */
export class Painter implements Screen {
  readonly #output: Writable;
  readonly #palette: Palette;
  #size: Size;

  constructor(output: Writable, size: Size, palette: Palette) {
    this.#output = output;
    this.#size = size;
    this.#palette = palette;
  }

  get size(): Size {
    return this.#size;
  }

  /** The next frame is painted from scratch. */
  resize(size: Size): void {
    this.#size = size;
  }

  /** Whatever is on the screen is unknown: the last frame is painted from scratch. */
  repaint(): void {}

  paint(_frame: Frame): void {}

  close(): void {}
}
