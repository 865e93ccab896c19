import { strip } from './strip.ts';

/** Looked at for each grapheme that is wanted; past that nothing of a message is in its excerpt. */
const CHARACTERS_EACH = 16;

const FENCE = /^[ \t]*(?:`{3,}|~{3,}).*$/gm;
const LINE_MARKS = /^[ \t]*(?:(?:>|#{1,6}(?=[ \t])|[-*+](?=[ \t]))[ \t]*)+/gm;
const LINK = /!?\[([^[\]]*)\]\([^()\s]*\)/g;
const PAIR = /(?<!\\)(\*{1,3}|~~|`+)(?=\S)([^*~`]*[^*~`\s])\1/g;
const UNDERSCORES = /(?<![\p{L}\p{N}_\\])(_{1,3})(?=[^\s_])([^_]*[^_\s])\1(?![\p{L}\p{N}_])/gu;
const ESCAPE = /\\(?=[!-/:-@[-`{-~])/g;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first `length` graphemes of a message in one line, without the marks of markdown. */
export function excerpt(text: string, length: number): string {
  const plain = strip(text.slice(0, length * CHARACTERS_EACH))
    .replace(FENCE, '')
    .replace(LINE_MARKS, '')
    .replace(LINK, '$1')
    .replace(PAIR, '$2')
    .replace(UNDERSCORES, '$2')
    .replace(ESCAPE, '')
    .replace(/\s+/g, ' ')
    .trim();
  const start = [...graphemes.segment(plain)].slice(0, length + 1).map(({ segment }) => segment);
  const whole = start.length <= length && text.length <= length * CHARACTERS_EACH;
  return whole ? plain : `${start.slice(0, Math.max(0, length - 1)).join('')}…`;
}
