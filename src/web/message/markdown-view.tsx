import { Fragment, memo, useMemo } from 'react';
import type { Block, Inline } from '../../chat/markdown.ts';
import { emoji, needEmoji } from '../emoji.ts';
import { markdown } from '../parts.ts';
import { useStore } from '../use-store.ts';
import { Code } from './code.tsx';
import { RoomLink } from './room-link.tsx';

const SHORTCODE = /:[a-z0-9_+-]+:/;

interface Props {
  readonly text: string;
  /** The name that is marked where it is said. */
  readonly me: string | undefined;
}

/** What a message says: each part of its tree an element, and its text nothing but text. */
export const MarkdownView = memo(function MarkdownView({ text, me }: Props) {
  const table = useStore(emoji);
  if (SHORTCODE.test(text)) needEmoji();
  const parser = useStore(markdown);
  const tree = useMemo(() => parser?.parseMarkdown(text, table) ?? [], [parser, text, table]);
  return <Blocks blocks={tree} me={me} />;
});

function Blocks({ blocks, me }: { blocks: readonly Block[]; me: string | undefined }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} me={me} />);
}

function BlockView({ block, me }: { block: Block; me: string | undefined }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.children} me={me} />
        </p>
      );
    case 'heading':
      // Not a heading of the page: those are for finding one's way in it.
      return (
        <p class={`heading level-${block.level}`}>
          <Inlines inlines={block.children} me={me} />
        </p>
      );
    case 'code':
      return <Code language={block.language} text={block.text} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} me={me} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Blocks blocks={item} me={me} />
        </li>
      ));
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function Inlines({ inlines, me }: { inlines: readonly Inline[]; me: string | undefined }) {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} me={me} />);
}

function InlineView({ inline, me }: { inline: Inline; me: string | undefined }) {
  switch (inline.kind) {
    case 'text':
      return <Fragment>{inline.text}</Fragment>;
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.children} me={me} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines inlines={inline.children} me={me} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines inlines={inline.children} me={me} />
        </s>
      );
    case 'code':
      return <code dir="ltr">{inline.text}</code>;
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer">
          <Inlines inlines={inline.children} me={me} />
        </a>
      );
    case 'mention':
      return <span class={isMe(inline.name, me) ? 'mention me' : 'mention'}>@{inline.name}</span>;
    case 'room':
      return <RoomLink room={inline.name} />;
    case 'break':
      return <br />;
  }
}

function isMe(name: string, me: string | undefined): boolean {
  return name.toLowerCase() === me?.toLowerCase();
}
