import { hue } from '../chat/hue.ts';
import type { Block, Inline, Markdown } from '../chat/markdown.ts';
import type { Line, Span, Style } from './line.ts';
import { plain } from './line-of.ts';
import { nameStyle, type Theme } from './theme.ts';
import { cut, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Whom a mention is shown to stand out for. */
export type Reader = { readonly theme: Theme; readonly me: string | undefined };

/** What a message says, in lines of at most `width` columns. */
export function markdownLines(markdown: Markdown, reader: Reader, width: number): Line[] {
  return markdown.flatMap((block) => blockLines(block, reader, width, plain));
}

function blockLines(block: Block, reader: Reader, width: number, style: Style): Line[] {
  const { theme } = reader;
  switch (block.kind) {
    case 'paragraph':
      return wrap(spansOf(block.children, reader, style), width);
    case 'heading':
      return wrap(spansOf(block.children, reader, { ...style, bold: true }), width);
    case 'code':
      return under({ text: '┃ ', style: theme.border }, width, (inner) =>
        block.text.split('\n').flatMap((line) => chopped(line, inner, theme.code)),
      );
    case 'quote':
      return under({ text: '▎ ', style: theme.border }, width, (inner) =>
        block.children.flatMap((child) => blockLines(child, reader, inner, theme.quote)),
      );
    case 'list':
      return block.items.flatMap((item, index) => {
        const mark = block.ordered ? `${block.start + index}. ` : '• ';
        return itemLines(item, mark, reader, width, style);
      });
  }
}

function itemLines(
  item: readonly Block[],
  mark: string,
  reader: Reader,
  width: number,
  style: Style,
): Line[] {
  const indent = widthOf(mark);
  const inner = Math.max(1, width - indent);
  const lines = item.flatMap((block) => blockLines(block, reader, inner, style));
  const first: Span = { text: mark, style: reader.theme.dim };
  const rest: Span = { text: ' '.repeat(indent), style: plain };
  return lines.map((line, index) => [index === 0 ? first : rest, ...line]);
}

/** Lines with a mark before each. */
function under(mark: Span, width: number, make: (inner: number) => Line[]): Line[] {
  return make(Math.max(1, width - widthOf(mark.text))).map((line) => [mark, ...line]);
}

/** Code is broken where it must be, and its blanks stay. */
function chopped(text: string, width: number, style: Style): Line[] {
  const lines: Line[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const part = cut(rest, width);
    if (part === '') break;
    lines.push([{ text: part, style }]);
    rest = rest.slice(part.length);
  }
  return [...lines, [{ text: rest, style }]];
}

function spansOf(inlines: readonly Inline[], reader: Reader, style: Style): Span[] {
  return inlines.flatMap((inline) => inlineSpans(inline, reader, style));
}

function inlineSpans(inline: Inline, reader: Reader, style: Style): Span[] {
  const { theme } = reader;
  switch (inline.kind) {
    case 'text':
      return [{ text: inline.text, style }];
    case 'strong':
      return spansOf(inline.children, reader, { ...style, bold: true });
    case 'emphasis':
      return spansOf(inline.children, reader, { ...style, italic: true });
    case 'strike':
      return spansOf(inline.children, reader, { ...style, strike: true });
    case 'code':
      return [{ text: inline.text, style: { ...style, ...theme.code } }];
    case 'link':
      return linkSpans(inline, reader, style);
    case 'mention':
      return [{ text: `@${inline.name}`, style: mentionStyle(inline.name, reader, style) }];
    case 'room':
      return [{ text: `#${inline.name}`, style: { ...style, ...theme.link } }];
    case 'break':
      return [{ text: '\n', style }];
  }
}

/** The words, and where they lead: nobody should have to guess. */
function linkSpans(
  { href, children }: Extract<Inline, { kind: 'link' }>,
  reader: Reader,
  style: Style,
): Span[] {
  const spans = spansOf(children, reader, { ...style, ...reader.theme.link });
  const words = spans.map(({ text }) => text).join('');
  const isPlain = words === href || `mailto:${words}` === href || `${words}/` === href;
  return isPlain ? spans : [...spans, { text: ` (${href})`, style: reader.theme.dim }];
}

function mentionStyle(name: string, { theme, me }: Reader, style: Style): Style {
  const isMe = me !== undefined && name.toLowerCase() === me.toLowerCase();
  if (isMe || name === 'room') return { ...style, ...theme.mention, inverse: true };
  return { ...style, ...nameStyle(theme, hue(name)) };
}
