import type { Ink, Tone } from './ink.ts';
import type { Line } from './line.ts';
import { eachGrapheme, isPlain, show } from './width.ts';

/**
 * One row of the screen, column by column: a grapheme stands in its first column, and the columns
 * it takes beyond that hold an empty text. Blanks at the end are left out.
 */
export type Row = {
  readonly texts: readonly string[];
  readonly tones: readonly Tone[];
  /** Texts long enough to be known again when they move. */
  readonly landmarks: readonly string[];
};

/** Columns of a row from `start` up to, not including, `end`. */
export type Piece = { readonly start: number; readonly end: number };

export type Change = {
  readonly pieces: readonly Piece[];
  /** What stands behind the row's end must go. */
  readonly clears: boolean;
};

export const emptyRow: Row = { texts: [], tones: [], landmarks: [] };

/** Shorter than what it takes to move the cursor past it. */
const SHORT_GAP = 6;
const LANDMARK = 8;

/** Characters of which all terminals hold the same width. */
const SURE =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2500-\u259f\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]$/;

/** Whether a terminal may take this for wider or narrower than it is. */
export function isDoubtful(text: string): boolean {
  const isAscii = text.length === 1 && text >= ' ' && text <= '~';
  return !isAscii && text !== '' && !SURE.test(text);
}

/** The line as it stands on a screen of so many columns. A wide character cut by the edge is a blank. */
export function rowOf(line: Line, columns: number, ink: Ink): Row {
  const texts: string[] = [];
  const tones: Tone[] = [];
  const landmarks: string[] = [];
  for (const { text, style } of line) {
    if (texts.length >= columns) break;
    const tone = ink.tone(style);
    if (text.length >= LANDMARK && text.trim() !== '') landmarks.push(text);
    if (isPlain(text)) {
      const fitting = Math.min(text.length, columns - texts.length);
      for (let index = 0; index < fitting; index += 1) {
        texts.push(text.charAt(index));
        tones.push(tone);
      }
      continue;
    }
    for (const grapheme of eachGrapheme(text)) {
      const { text: shown, width } = show(grapheme);
      if (width === 0) continue;
      const fits = texts.length + width <= columns;
      for (let column = 0; column < width && texts.length < columns; column += 1) {
        texts.push(fits ? (column === 0 ? shown : '') : ' ');
        tones.push(tone);
      }
      if (texts.length >= columns) break;
    }
  }
  let end = texts.length;
  while (texts[end - 1] === ' ' && tones[end - 1] === ink.plain) end -= 1;
  texts.length = end;
  tones.length = end;
  return { texts, tones, landmarks };
}

/** What of `before` must be written anew to be `after`. */
export function changeOf(before: Row, after: Row, ink: Ink): Change {
  const ends = after.texts.length;
  const pieces: { start: number; end: number }[] = [];
  for (let column = 0; column < ends; column += 1) {
    if (isSame(before, after, column, ink)) continue;
    let end = column + 1;
    while (after.texts[end] === '') end += 1;
    const last = pieces.at(-1);
    if (last !== undefined && column - last.end <= SHORT_GAP) last.end = end;
    else pieces.push({ start: column, end });
    column = end - 1;
  }
  const clears = before.texts.length > ends;
  // What a terminal takes for wider than it is spills over what stands behind it.
  const spilling = pieces.findIndex(({ start, end }) => {
    for (let column = start; column < end; column += 1) {
      if (isDoubtful(after.texts[column] ?? ' ')) return true;
    }
    return false;
  });
  const spill = pieces[spilling];
  if (spill === undefined) return { pieces, clears };
  return {
    pieces: [...pieces.slice(0, spilling), { start: spill.start, end: ends }],
    clears: true,
  };
}

/** How many columns differ, and a little for going there. */
export function distance(before: Row, after: Row, ink: Ink): number {
  if (before === after) return 0;
  let count = 0;
  const length = Math.max(before.texts.length, after.texts.length);
  for (let column = 0; column < length; column += 1) {
    if (!isSame(before, after, column, ink)) count += 1;
  }
  return count === 0 ? 0 : count + SHORT_GAP;
}

function isSame(one: Row, other: Row, column: number, ink: Ink): boolean {
  return (
    (one.texts[column] ?? ' ') === (other.texts[column] ?? ' ') &&
    (one.tones[column] ?? ink.plain) === (other.tones[column] ?? ink.plain)
  );
}
