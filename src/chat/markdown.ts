import type * as Mdast from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { mentioned } from '../protocol/mention.ts';
import { mentionedRooms } from '../protocol/room-name.ts';
import type { Emoji } from './emoji.ts';
import { strip } from './strip.ts';

/** What a message says, as a tree that any screen can draw. Its text is stripped. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  /** `href` is an http, https or mailto address. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** `@name`, or `@room` for everyone. Whether there is such a person is not known here. */
  | { readonly kind: 'mention'; readonly name: string }
  /** `#name`, by the form of room names. Whether there is such a room is not known here. */
  | { readonly kind: 'room'; readonly name: string }
  | { readonly kind: 'break' };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3 | 4 | 5 | 6;
      readonly children: readonly Inline[];
    }
  | { readonly kind: 'code'; readonly language: string | undefined; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      /** The first item's number; 1 where the list is not ordered. */
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    };

export type Markdown = readonly Block[];

/** The tree of a message. Shortcodes stay as they are where no `emoji` are given. */
export function parseMarkdown(text: string, emoji?: Emoji): Markdown {
  const safe = strip(text);
  const tree = fromMarkdown(safe, { extensions, mdastExtensions });
  return blocks(tree.children, emoji);
}

/** What documents have and messages do not: there it is text. */
const leftOut = [
  'characterReference',
  'codeIndented',
  'definition',
  'htmlFlow',
  'htmlText',
  'setextUnderline',
  'thematicBreak',
];
const extensions = [
  gfmStrikethrough({ singleTilde: false }),
  gfmAutolinkLiteral(),
  { disable: { null: leftOut } },
];
const mdastExtensions = [gfmStrikethroughFromMarkdown(), gfmAutolinkLiteralFromMarkdown()];

function blocks(nodes: readonly Mdast.Nodes[], emoji: Emoji | undefined): Block[] {
  return nodes.flatMap((node) => block(node, emoji) ?? []);
}

function block(node: Mdast.Nodes, emoji: Emoji | undefined): Block | undefined {
  switch (node.type) {
    case 'paragraph':
      return { kind: 'paragraph', children: inlines(node.children, emoji) };
    case 'heading':
      return { kind: 'heading', level: node.depth, children: inlines(node.children, emoji) };
    case 'code':
      return { kind: 'code', language: node.lang ?? undefined, text: node.value };
    case 'blockquote':
      return { kind: 'quote', children: blocks(node.children, emoji) };
    case 'list': {
      const items = node.children.map((item) => blocks(item.children, emoji));
      return { kind: 'list', ordered: node.ordered === true, start: node.start ?? 1, items };
    }
    default:
      return undefined;
  }
}

function inlines(nodes: readonly Mdast.Nodes[], emoji: Emoji | undefined): Inline[] {
  return nodes.flatMap((node) => inline(node, emoji));
}

function inline(node: Mdast.Nodes, emoji: Emoji | undefined): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return lines(node.value, (line) => named(pictured(line, emoji)));
    case 'strong':
    case 'emphasis':
      return [{ kind: node.type, children: inlines(node.children, emoji) }];
    case 'delete':
      return [{ kind: 'strike', children: inlines(node.children, emoji) }];
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'break':
      return [{ kind: 'break' }];
    case 'link':
      return linked(node.url, labels(node.children));
    case 'image':
      return linked(node.url, textOf(node.alt || node.url));
    default:
      return [];
  }
}

/** A link where its address is one to follow from a chat, and its words where it is not. */
function linked(href: string, children: readonly Inline[]): readonly Inline[] {
  if (!/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(href)) return children;
  return [{ kind: 'link', href, children }];
}

/** Nothing in a link leads elsewhere: its text names nobody. */
function labels(nodes: readonly Mdast.Nodes[]): Inline[] {
  return nodes.flatMap((node) =>
    node.type === 'text' ? textOf(node.value) : inline(node, undefined),
  );
}

function textOf(text: string): Inline[] {
  return lines(text, (line) => (line === '' ? [] : [{ kind: 'text', text: line }]));
}

/** A single line break is one, too. */
function lines(text: string, of: (line: string) => Inline[]): Inline[] {
  return text.split('\n').flatMap((line, index) => {
    const made = of(line);
    return index === 0 ? made : [{ kind: 'break' } as const, ...made];
  });
}

function pictured(text: string, emoji: Emoji | undefined): string {
  if (emoji === undefined) return text;
  return text.replace(/(?<![\p{L}\p{N}]):([a-z0-9_+-]{1,40}):/gu, (code, name: string) => {
    return emoji.get(name) ?? code;
  });
}

function named(text: string): Inline[] {
  const found = [
    ...mentioned(text).map((one) => ({ kind: 'mention', ...one }) as const),
    ...mentionedRooms(text).map((one) => ({ kind: 'room', ...one }) as const),
  ].sort((a, b) => a.start - b.start);
  const made: Inline[] = [];
  let at = 0;
  for (const { kind, start, end, name } of found) {
    if (start < at) continue;
    if (start > at) made.push({ kind: 'text', text: text.slice(at, start) });
    made.push({ kind, name });
    at = end;
  }
  if (at < text.length) made.push({ kind: 'text', text: text.slice(at) });
  return made;
}
