import type { Line } from './line.ts';

export type Size = { readonly columns: number; readonly rows: number };

/** Where the caret stands, from 0. */
export type Caret = { readonly row: number; readonly column: number };

/** All that a screen shows at once. Rows that have no line are empty. */
export type Frame = { readonly lines: readonly Line[]; readonly caret: Caret | undefined };

/** What the client draws on. It sends only what changed since the last frame, in one write. */
export interface Screen {
  readonly size: Size;
  paint(frame: Frame): void;
  /** Gives the terminal back as it was. Once closed, it paints nothing. */
  close(): void;
}
