import type { Line } from './line.ts';
import { lineWidth, span } from './line-of.ts';
import type { Size } from './screen.ts';
import type { Page, PageLine } from './state.ts';
import type { Theme } from './theme.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Beside terms there must be room for what they mean. */
const LEAST_TEXT = 20;
const LONGEST_TERM = 26;
/** The title above a page, and the two lines under it. */
const AROUND = 3;

/** How many lines of a page are in sight at once. */
export function pageHeight({ rows }: Size): number {
  return Math.max(1, rows - AROUND);
}

export function pageLines(page: Page, { columns }: Size, theme: Theme): Line[] {
  const width = Math.max(1, columns - 2);
  const termWidth = Math.max(
    0,
    ...page.lines.map((line) =>
      line.kind === 'entry' ? Math.min(LONGEST_TERM, widthOf(line.term)) : 0,
    ),
  );
  return page.lines.flatMap((line) => entryLines(line, width, termWidth, theme));
}

function entryLines(line: PageLine, width: number, termWidth: number, theme: Theme): Line[] {
  switch (line.kind) {
    case 'heading':
      return [[span(line.text, { ...theme.title, underline: true })]];
    case 'plain':
      return line.text === '' ? [[]] : wrap([span(line.text)], width);
    case 'entry': {
      const indent = termWidth + 2;
      const term = wrap([span(line.term, theme.prompt)], Math.max(1, width - 2));
      if (width - indent < LEAST_TEXT) {
        return [...term, ...indented(wrap([span(line.text)], Math.max(1, width - 2)), 2)];
      }
      const text = wrap([span(line.text)], width - indent);
      const [last = []] = term.slice(-1);
      const gap = indent - lineWidth(last);
      if (gap < 2) return [...term, ...indented(text, indent)];
      const [first = [], ...rest] = text;
      const beside = [...last, span(' '.repeat(gap)), ...first];
      return [...term.slice(0, -1), beside, ...indented(rest, indent)];
    }
  }
}

function indented(lines: readonly Line[], by: number): Line[] {
  return lines.map((line) => [span(' '.repeat(by)), ...line]);
}
