import type * as Mdast from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import type { Emoji } from './emoji.ts';
import { isWithinBounds } from './markdown-bounds.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { simpleMarkdown } from './simple-markdown.ts';
import { strip } from './strip.ts';
import { plain, words } from './words.ts';

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
  /** `language` is what stands after the fence; its first word names one, if anything does. */
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
  const simple = simpleMarkdown(safe, emoji);
  if (simple !== undefined) return simple;
  if (!isWithinBounds(safe)) return plainMarkdown(safe);
  const tree = fromMarkdown(safe, LINKED.test(safe) ? withLinks : withoutLinks);
  return new Reader(safe, emoji).blocks(tree.children);
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
const withoutLinks = {
  extensions: [gfmStrikethrough({ singleTilde: false }), { disable: { null: leftOut } }],
  mdastExtensions: [gfmStrikethroughFromMarkdown()],
};
const withLinks = {
  extensions: [...withoutLinks.extensions, gfmAutolinkLiteral()],
  mdastExtensions: [...withoutLinks.mdastExtensions, gfmAutolinkLiteralFromMarkdown()],
};
/**
 * What every bare address has, or an escape that may hide it. Looking for addresses is half of
 * the parser's work.
 */
const LINKED = /:\/\/|www\.|[@\\]/i;

/** Makes our tree of mdast's. */
class Reader {
  readonly #source: string;
  readonly #emoji: Emoji | undefined;

  constructor(source: string, emoji: Emoji | undefined) {
    this.#source = source;
    this.#emoji = emoji;
  }

  blocks(nodes: readonly Mdast.Nodes[]): Block[] {
    return nodes.flatMap((node) => this.#block(node));
  }

  #block(node: Mdast.Nodes): Block | [] {
    switch (node.type) {
      case 'paragraph':
        return { kind: 'paragraph', children: this.#inlines(node.children) };
      case 'heading':
        return { kind: 'heading', level: node.depth, children: this.#inlines(node.children) };
      case 'code': {
        const language = [node.lang, node.meta].filter(Boolean).join(' ') || undefined;
        return { kind: 'code', language, text: node.value };
      }
      case 'blockquote':
        return { kind: 'quote', children: this.blocks(node.children) };
      case 'list': {
        const items = node.children.map((item) => this.blocks(item.children));
        return { kind: 'list', ordered: node.ordered === true, start: node.start ?? 1, items };
      }
      default:
        return [];
    }
  }

  #inlines(nodes: readonly Mdast.Nodes[]): Inline[] {
    return nodes.flatMap((node) => this.#inline(node));
  }

  #inline(node: Mdast.Nodes): Inline[] {
    switch (node.type) {
      case 'text':
        return words(node.value, this.#emoji);
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, children: this.#inlines(node.children) }];
      case 'delete':
        return [{ kind: 'strike', children: this.#inlines(node.children) }];
      case 'inlineCode':
        return [{ kind: 'code', text: node.value }];
      case 'break':
        return [{ kind: 'break' }];
      case 'link':
        return this.#link(
          node,
          node.children.flatMap((child) => this.#label(child)),
        );
      case 'image':
        return this.#link(node, plain(node.alt || node.url));
      default:
        return [];
    }
  }

  /** An address that is not one to follow from a chat is shown as it was written, words and all. */
  #link(node: Mdast.Link | Mdast.Image, children: readonly Inline[]): Inline[] {
    const href = node.url;
    if (FOLLOWED.test(href)) return [{ kind: 'link', href, children }];
    const { start, end } = node.position ?? {};
    return plain(this.#source.slice(start?.offset ?? 0, end?.offset ?? 0));
  }

  /** What is inside a link leads where the link leads: it names nobody. */
  #label(node: Mdast.Nodes): Inline[] {
    return node.type === 'text' ? plain(node.value) : this.#inline(node);
  }
}

const FOLLOWED = /^(?:https?:\/\/|mailto:)[^\s]+$/i;
