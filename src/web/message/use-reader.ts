import { useMemo } from 'react';
import type { Markdown } from '../../chat/markdown.ts';
import { emoji, needEmoji } from '../emoji.ts';
import { markdown } from '../parts.ts';
import { useStore } from '../use-store.ts';

/** Makes a tree of what a message says. Another one when there is more to read with. */
export type Reader = (text: string) => Markdown;

const SHORTCODE = /:[a-z0-9_+-]+:/;

/** The one reader for all messages of a room; undefined while it is not there yet. */
export function useReader(): Reader | undefined {
  const parser = useStore(markdown);
  const table = useStore(emoji);
  return useMemo(() => {
    if (parser === undefined) return undefined;
    return (text) => {
      if (SHORTCODE.test(text)) needEmoji();
      return parser.parseMarkdown(text, table);
    };
  }, [parser, table]);
}
