import { isDeepStrictEqual } from 'node:util';
import type { Colour, Style } from '../../src/terminal/line.ts';
import type { Size } from '../../src/terminal/screen.ts';
import type { Cell, TestScreen } from '../../test/terminal/support/test-screen.ts';

const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;
const INK = '#d7dae0';
const PAPER = '#16181d';
const CUBE = 16;
const GREYS = 232;
const CUBE_LEVELS = [0, 95, 135, 175, 215, 255];

/** A word, or the blanks between two, in one style. */
interface Run {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  readonly style: Style;
}

/** What is on a screen, light on dark, as an SVG. Whatever the font, everything stays in its column. */
export function picture(screen: TestScreen, { columns, rows }: Size): string {
  const width = round(columns * CELL.width + 2 * MARGIN);
  const height = rows * CELL.height + 2 * MARGIN;
  const { row, column } = screen.cursor;
  const drawings = Array.from({ length: rows }, (_, at) =>
    runsOf(screen.cells(at)).flatMap((run) => drawn(run, at)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${INK}">`,
    '<title>The terminal client of chinwag</title>',
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    ...drawings.flat(),
    box(column, row, 1, INK),
    '</svg>\n',
  ].join('\n');
}

function runsOf(cells: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  for (const [column, { text, style }] of cells.entries()) {
    const last = runs.at(-1);
    const goesOn = last !== undefined && (text === '' || isAlike(last, { text, style }));
    if (goesOn) {
      runs[runs.length - 1] = { ...last, columns: last.columns + 1, text: last.text + text };
    } else {
      runs.push({ column, columns: 1, text, style });
    }
  }
  return runs;
}

function isAlike(one: Cell, other: Cell): boolean {
  const isBlank = ({ text }: Cell) => text.trim() === '';
  return isBlank(one) === isBlank(other) && isDeepStrictEqual(one.style, other.style);
}

function drawn({ column, columns, text, style }: Run, row: number): string[] {
  const { foreground, background, inverse, bold, italic, underline, strike } = style;
  const [ink, paper] = [rgb(foreground) ?? INK, rgb(background)];
  const [front, back] = inverse === true ? [paper ?? PAPER, ink] : [ink, paper];
  const behind = back === undefined ? [] : [box(column, row, columns, back)];
  if (text.trim() === '') return behind;
  const look = [
    front === INK ? '' : ` fill="${front}"`,
    bold ? ' font-weight="700"' : '',
    italic ? ' font-style="italic"' : '',
    underline ? ' text-decoration="underline"' : '',
    strike ? ' text-decoration="line-through"' : '',
  ].join('');
  const [x, y] = [left(column), round(MARGIN + (row + 0.75) * CELL.height)];
  const width = round(columns * CELL.width);
  return [
    ...behind,
    `<text x="${x}" y="${y}" textLength="${width}"${look}>${escaped(text)}</text>`,
  ];
}

function box(column: number, row: number, columns: number, colour: string): string {
  const [x, y] = [left(column), MARGIN + row * CELL.height];
  const width = round(columns * CELL.width);
  return `<rect x="${x}" y="${y}" width="${width}" height="${CELL.height}" fill="${colour}" shape-rendering="crispEdges"/>`;
}

function left(column: number): number {
  return round(MARGIN + column * CELL.width);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The colour in a terminal of 256; the first 16 look different in each, and no theme uses them here. */
function rgb(colour: Colour | undefined): string | undefined {
  if (colour === undefined) return undefined;
  if (colour < CUBE) throw new Error(`colour ${colour} is every terminal's own`);
  const place = colour - CUBE;
  const channels =
    colour >= GREYS
      ? Array.from({ length: 3 }, () => 8 + 10 * (colour - GREYS))
      : [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(
          (level) => CUBE_LEVELS[level] ?? 0,
        );
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
