import type { Emoji } from '../../chat/emoji.ts';
import type { Markdown } from '../../chat/markdown.ts';
import type { TimelineMessage } from '../../client/index.ts';
import { emoji, needEmoji } from '../emoji.ts';
import { markdown } from '../parts.ts';
import { useStore } from '../use-store.ts';

/** Makes a tree of what a message says, once. Another one when there is more to read with. */
export type Reader = (message: TimelineMessage) => Markdown;

type Parser = NonNullable<ReturnType<typeof markdown.get>>;

const SHORTCODE = /:[a-z0-9_+-]+:/;

let latest: { parser: Parser; table: Emoji | undefined; reader: Reader } | undefined;

/** The one reader for all messages of all rooms; undefined while it is not there yet. */
export function useReader(): Reader | undefined {
  const parser = useStore(markdown);
  const table = useStore(emoji);
  if (parser === undefined) return undefined;
  if (latest?.parser !== parser || latest.table !== table) {
    latest = { parser, table, reader: readerWith(parser, table) };
  }
  return latest.reader;
}

/** Whoever comes back to a room finds its messages read. */
function readerWith(parser: Parser, table: Emoji | undefined): Reader {
  const trees = new WeakMap<TimelineMessage, Markdown>();
  return (message) => {
    if (SHORTCODE.test(message.text)) needEmoji();
    const known = trees.get(message);
    if (known !== undefined) return known;
    const tree = parser.parseMarkdown(message.text, table);
    trees.set(message, tree);
    return tree;
  };
}
