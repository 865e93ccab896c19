import type { Inline, Markdown } from './markdown.ts';
import { strip } from './strip.ts';

/** A message as it was written, in the form of a tree: for as long as no parser is loaded. */
export function plainMarkdown(text: string): Markdown {
  const children = strip(text)
    .split('\n')
    .flatMap((line, index): Inline[] => {
      const words: Inline[] = line === '' ? [] : [{ kind: 'text', text: line }];
      return index === 0 ? words : [{ kind: 'break' }, ...words];
    });
  return [{ kind: 'paragraph', children }];
}
