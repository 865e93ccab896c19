import type { Editor } from './editor.ts';
import type { Line } from './line.ts';
import { span } from './line-of.ts';
import type { Caret } from './screen.ts';
import { graphemesOf, show } from './width.ts';

/** Text being written, as rows of at most `width` columns, and where the caret stands in them. */
export function fieldLines(
  { text, caret }: Editor,
  width: number,
): { readonly lines: readonly Line[]; readonly caret: Caret } {
  const rows: string[] = [''];
  let used = 0;
  let at = 0;
  let stands: Caret = { row: 0, column: 0 };
  const begin = () => {
    rows.push('');
    used = 0;
  };
  for (const grapheme of graphemesOf(text)) {
    const shown = show(grapheme);
    if (grapheme !== '\n' && used + shown.width > width) begin();
    if (at === caret) stands = { row: rows.length - 1, column: used };
    at += grapheme.length;
    if (grapheme === '\n') begin();
    else {
      rows[rows.length - 1] += shown.text;
      used += shown.width;
    }
  }
  // The caret needs a cell of its own behind the last one.
  if (used >= width) begin();
  if (caret >= at) stands = { row: rows.length - 1, column: used };
  return { lines: rows.map((row) => [span(row)]), caret: stands };
}
