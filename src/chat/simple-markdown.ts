import type { Emoji } from './emoji.ts';
import type { Inline, Markdown } from './markdown.ts';
import { isWithinBounds } from './markdown-bounds.ts';
import { lines, words } from './words.ts';

/** What the parser would find nothing in. */
const NOTHING = /(?!:\/\/|www\.|mailto:|[\w+.-]@)[^\n*_~`[\]<\\]/u;
/** Between stars: such a star begins or ends, whatever but a star stands on its other side. */
const MARKED = `(?=[\\p{L}\\p{N}])(?:${NOTHING.source})+(?<=[\\p{L}\\p{N}])`;
const STRESSED = `(?:\\*${MARKED}\\*|\\*\\*${MARKED}\\*\\*)(?!\\*)`;
const CODE = '`(?! )[^`\\n]+(?<! )`(?!`)';
const LINE = `(?![ #>+-]|\\d+[.)])(?:${NOTHING.source}|${STRESSED}|${CODE})+(?<! )`;
const SIMPLE = new RegExp(`^${LINE}(?:\\n${LINE})*$`, 'iu');

const MARKS = /[*`]/;
const SPANS = /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\*(?<emphasis>[^*]+)\*/g;

/**
 * The tree of a message of which it is plain what the parser would make: most of what people say,
 * read a hundred times faster without it. Undefined for all others.
 */
export function simpleMarkdown(text: string, emoji: Emoji | undefined): Markdown | undefined {
  if (!SIMPLE.test(text)) return undefined;
  if (MARKS.test(text) && !isWithinBounds(text)) return undefined;
  return [{ kind: 'paragraph', children: lines(text, (line) => spans(line, emoji)) }];
}

function spans(line: string, emoji: Emoji | undefined): Inline[] {
  const made: Inline[] = [];
  let at = 0;
  for (const { index, 0: whole, groups } of line.matchAll(SPANS)) {
    made.push(...words(line.slice(at, index), emoji));
    const { code, strong, emphasis } = groups ?? {};
    if (code !== undefined) made.push({ kind: 'code', text: code });
    if (strong !== undefined) made.push({ kind: 'strong', children: words(strong, emoji) });
    if (emphasis !== undefined) made.push({ kind: 'emphasis', children: words(emphasis, emoji) });
    at = index + whole.length;
  }
  made.push(...words(line.slice(at), emoji));
  return made;
}
