import type { Line, Span, Style } from './line.ts';

/** The line with each place where it says `words`, in any case, in another style. */
export function highlighted(line: Line, words: string, over: Style): Line {
  if (words === '') return line;
  return line.flatMap((span) => parts(span, words.toLowerCase(), over));
}

function parts({ text, style }: Span, words: string, over: Style): Span[] {
  const there = text.toLowerCase();
  // In a few languages small letters are longer than capitals: then places would be off.
  if (there.length !== text.length) return [{ text, style }];
  const found: Span[] = [];
  let from = 0;
  for (let at = there.indexOf(words); at !== -1; at = there.indexOf(words, from)) {
    if (at > from) found.push({ text: text.slice(from, at), style });
    found.push({ text: text.slice(at, at + words.length), style: { ...style, ...over } });
    from = at + words.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), style });
  return found;
}
