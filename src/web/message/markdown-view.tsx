import { memo, type ReactNode } from 'react';
import type { Block, Inline } from '../../chat/markdown.ts';
import type { TimelineMessage } from '../../client/index.ts';
import { Code } from './code.tsx';
import { RoomLink } from './room-link.tsx';
import type { Reader } from './use-reader.ts';

interface Props {
  readonly message: TimelineMessage;
  readonly reader: Reader;
  /** The name that is marked where it is said. */
  readonly me: string | undefined;
}

/**
 * What a message says: each part of its tree an element, and its text nothing but text. The parts
 * are functions, not components: a message never changes in part, and there are many of them.
 */
export const MarkdownView = memo(function MarkdownView({ message, reader, me }: Props) {
  return blocks(reader(message), me);
});

function blocks(all: readonly Block[], me: string | undefined): ReactNode[] {
  return all.map((one, key) => block(one, key, me));
}

function block(one: Block, key: number, me: string | undefined): ReactNode {
  switch (one.kind) {
    case 'paragraph':
      return <p key={key}>{inlines(one.children, me)}</p>;
    case 'heading':
      // Not a heading of the page: those are for finding one's way in it.
      return (
        <p key={key} class={`heading level-${one.level}`}>
          {inlines(one.children, me)}
        </p>
      );
    case 'code':
      return <Code key={key} language={one.language} text={one.text} />;
    case 'quote':
      return <blockquote key={key}>{blocks(one.children, me)}</blockquote>;
    case 'list': {
      const items = one.items.map((item, index) => <li key={index}>{blocks(item, me)}</li>);
      return one.ordered ? (
        <ol key={key} start={one.start}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
  }
}

function inlines(all: readonly Inline[], me: string | undefined): ReactNode[] {
  return all.map((one, key) => inline(one, key, me));
}

function inline(one: Inline, key: number, me: string | undefined): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text;
    case 'strong':
      return <strong key={key}>{inlines(one.children, me)}</strong>;
    case 'emphasis':
      return <em key={key}>{inlines(one.children, me)}</em>;
    case 'strike':
      return <s key={key}>{inlines(one.children, me)}</s>;
    case 'code':
      return (
        <code key={key} dir="ltr">
          {one.text}
        </code>
      );
    case 'link':
      return (
        <a key={key} href={one.href} target="_blank" rel="noopener noreferrer">
          {inlines(one.children, me)}
        </a>
      );
    case 'mention':
      return (
        <span key={key} class={isMe(one.name, me) ? 'mention me' : 'mention'}>
          @{one.name}
        </span>
      );
    case 'room':
      return <RoomLink key={key} room={one.name} />;
    case 'break':
      return <br key={key} />;
  }
}

function isMe(name: string, me: string | undefined): boolean {
  return name.toLowerCase() === me?.toLowerCase();
}
