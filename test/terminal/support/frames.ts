import assert from 'node:assert/strict';
import type { Line, Span, Style } from '../../../src/terminal/line.ts';
import { isDoubtful } from '../../../src/terminal/row.ts';
import type { Frame, Size } from '../../../src/terminal/screen.ts';
import { graphemesOf, show } from '../../../src/terminal/width.ts';
import type { Dice } from '../../support/seed.ts';
import type { Cell, TestScreen } from './test-screen.ts';

const TEXTS = [
  'hello',
  ' ',
  '   ',
  '                    ',
  'the quick brown fox jumps over the lazy dog',
  'a',
  '│ ',
  '世界',
  'ｆｕｌｌ',
  'naïve café',
  'cafe\u0301',
  '😀',
  '👩‍👩‍👧‍👦',
  '👍🏽 ok',
  '❤️',
  '1️⃣',
  '🇩🇪🇫🇷',
  'a😀b😀c',
  'שלום',
  'مرحبا',
  'नमस्ते',
  'ไทย',
  '각',
  '…',
  'x'.repeat(200),
];

const STYLES: readonly Style[] = [
  {},
  {},
  { bold: true },
  { dim: true },
  { foreground: 1 },
  { foreground: 12, bold: true },
  { foreground: 200, background: 17 },
  { background: 3, italic: true },
  { inverse: true },
  { underline: true, strike: true },
  { bold: true, dim: true, inverse: true, foreground: 240 },
];

export function randomLine(dice: Dice): Line {
  return Array.from({ length: dice.below(6) }, () => ({
    text: TEXTS[dice.below(TEXTS.length)] ?? '',
    style: STYLES[dice.below(STYLES.length)] ?? {},
  }));
}

export function randomFrame(dice: Dice, { columns, rows }: Size): Frame {
  const caret = { row: dice.below(rows), column: dice.below(columns) };
  return {
    lines: Array.from({ length: dice.below(rows + 2) }, () => randomLine(dice)),
    caret: dice.chance(80) ? caret : undefined,
  };
}

/** A frame like the one before: scrolled, with lines put in and taken out, or edited here and there. */
export function nextFrame(dice: Dice, { lines, caret }: Frame, size: Size): Frame {
  const next = [...lines];
  const place = () => dice.below(next.length + 1);
  if (dice.chance(50)) next.splice(place(), dice.below(4));
  if (dice.chance(50)) next.splice(place(), 0, randomLine(dice));
  if (dice.chance(50)) {
    const index = place();
    const line = [...(next[index] ?? [])];
    line.splice(dice.below(line.length + 1), dice.below(2), ...randomLine(dice).slice(0, 1));
    next[index] = line;
  }
  if (dice.chance(3)) return randomFrame(dice, size);
  return { lines: next.slice(0, size.rows + 1), caret };
}

type Expected = Cell & { readonly isSure: boolean };

/** What the frame says of a row, column by column. */
export function cellsOf(line: Line, columns: number): Expected[] {
  const cells: Expected[] = line.flatMap(({ text, style }: Span) =>
    graphemesOf(text).flatMap((grapheme) => {
      const { text: shown, width } = show(grapheme);
      const isSure = !isDoubtful(shown);
      return Array.from({ length: width }, (_, at) => ({
        text: at === 0 ? shown : '',
        style,
        isSure,
      }));
    }),
  );
  while (cells.length < columns) cells.push({ text: ' ', style: {}, isSure: true });
  let end = columns;
  while (end > 0 && cells[end]?.text === '') end -= 1;
  return cells.slice(0, columns).map((cell, column) => {
    const isCutOff = column >= end && cells.length > columns;
    return isCutOff ? { ...cell, text: ' ', isSure: true } : cell;
  });
}

/** Every cell about which terminals agree shows what the frame says, in its style. */
export function assertShows(screen: TestScreen, { lines, caret }: Frame, size: Size): void {
  for (let row = 0; row < size.rows; row += 1) {
    const expected = cellsOf(lines[row] ?? [], size.columns);
    const shown = screen.cells(row);
    for (const [column, cell] of expected.entries()) {
      const where = `row ${row}, column ${column} of ${JSON.stringify(lines[row])}`;
      assert.deepEqual(shown[column]?.style, cell.style, where);
      if (cell.isSure) assert.equal(shown[column]?.text, cell.text, where);
    }
  }
  if (caret !== undefined) assert.deepEqual(screen.cursor, caret);
}
