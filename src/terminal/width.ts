import { eastAsianWidth } from 'get-east-asian-width';

/** What no terminal may get to see, but for line breaks, which `wrap` takes out. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;
/** A grapheme of one column each, beside whatever else is in here: Latin, dashes, quotes, arrows, boxes. */
const PLAIN =
  /^[ -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u203a\u2190-\u2193\u2500-\u259f]*$/;
/** Takes no room: marks without a letter, joiners, direction marks, soft hyphens. */
const INVISIBLE = /^[\p{M}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+$/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const DANGLING = /[\u200c\u200d]+$|\p{Bidi_Control}/gu;
/** Several code points that are one picture. */
const PICTURE =
  /^(?:\p{RI}\p{RI}|[\d#*]\ufe0f?\u20e3|\p{Emoji}(?:\ufe0f|\p{EMod})|\p{ExtPict}.*\u200d\p{ExtPict}|\u{1f3f4}[\u{e0020}-\u{e007f}]+)/u;

/** The longest emoji has 10. What people stack beyond that would only bury other lines. */
const MOST_CODE_POINTS = 16;
const REPLACEMENT = '\ufffd';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const known = new Map<string, Grapheme>();
const MOST_KNOWN = 4_096;

/** What is shown as one: its text as it may be written, and how many columns that takes. */
export type Grapheme = { readonly text: string; readonly width: number };

/** Whether each character of it is a grapheme of one column. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** The text in whole graphemes, as typed. */
export function graphemesOf(text: string): string[] {
  return isPlain(text) ? text.split('') : Array.from(eachGrapheme(text));
}

/** The same one after the other, where not all of a text may matter. */
export function* eachGrapheme(text: string): Generator<string, void, undefined> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/**
 * A grapheme as a screen shows it. It can neither break a layout nor steer a terminal: a control
 * character becomes U+FFFD, what takes no room becomes nothing, a pile of marks is cut.
 */
export function show(grapheme: string): Grapheme {
  const before = known.get(grapheme);
  if (before !== undefined) return before;
  const short = bearable(grapheme);
  const shown = measured(short);
  if (known.size >= MOST_KNOWN) known.clear();
  if (short === grapheme) known.set(grapheme, shown);
  return shown;
}

/** How many columns a text takes. East Asian characters of ambiguous width count as narrow. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const grapheme of eachGrapheme(text)) width += show(grapheme).width;
  return width;
}

/** As much of the text from its start as fits into so many columns, in whole graphemes. */
export function cut(text: string, width: number): string {
  if (isPlain(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    used += show(segment).width;
    if (used > width) return text.slice(0, index);
  }
  return text;
}

/** The text cut or filled with spaces to take exactly so many columns. */
export function pad(text: string, width: number): string {
  const fitting = cut(text, width);
  return fitting + ' '.repeat(Math.max(0, width - widthOf(fitting)));
}

function measured(grapheme: string): Grapheme {
  if (CONTROL.test(grapheme)) return { text: REPLACEMENT, width: 1 };
  if (INVISIBLE.test(grapheme)) return { text: '', width: 0 };
  // A joiner at the end would reach for the next grapheme.
  const text = grapheme.replace(DANGLING, '');
  if (PICTURE.test(text)) return { text, width: 2 };
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return { text: width === 0 ? '' : text, width };
}

function bearable(grapheme: string): string {
  if (grapheme.length <= MOST_CODE_POINTS) return grapheme;
  const start = grapheme.slice(0, 2 * MOST_CODE_POINTS);
  return Array.from(start).slice(0, MOST_CODE_POINTS).join('');
}

function widthOfCharacter(character: string): number {
  if (ZERO.test(character) || isJungseong(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}

/** Vowels and final consonants of Hangul stand in the cell of the first consonant. */
function isJungseong(character: string): boolean {
  return /[\u1160-\u11ff\ud7b0-\ud7ff]/u.test(character);
}
