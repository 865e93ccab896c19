import { hue } from '../chat/hue.ts';
import { parseMarkdown } from '../chat/markdown.ts';
import type { MessageRow } from '../chat/rows.ts';
import { strip } from '../chat/strip.ts';
import type { Line, Span } from './line.ts';
import { shorten, span } from './line-of.ts';
import type { Look } from './look.ts';
import { markdownLines } from './markdown-lines.ts';
import { nameStyle } from './theme.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Narrower than this, names stand above what they say instead of beside it. */
const BESIDE = 56;

/** How messages are drawn: one object for as long as nothing of it changes. */
export type Drawing = {
  readonly look: Look;
  readonly width: number;
  readonly me: string | undefined;
};

/** Some screens of messages stay drawn; ten thousand would fill the memory. */
const MOST_DRAWN = 150;

type Drawn = { readonly drawing: Drawing; readonly lines: readonly Line[] };

let drawn = new Map<MessageRow, Drawn>();
let drawnBefore = new Map<MessageRow, Drawn>();

/** A message in lines, wrapped once for each width and look while it is near what is looked at. */
export function messageLines(row: MessageRow, drawing: Drawing): readonly Line[] {
  const known = drawn.get(row) ?? drawnBefore.get(row);
  const one = known?.drawing === drawing ? known : { drawing, lines: draw(row, drawing) };
  if (drawn.size >= MOST_DRAWN) {
    drawnBefore = drawn;
    drawn = new Map();
  }
  drawn.set(row, one);
  return one.lines;
}

function draw(row: MessageRow, drawing: Drawing): readonly Line[] {
  const { width } = drawing;
  if (width < BESIDE) {
    const head = row.grouped ? [] : [headLine(row, drawing)];
    const body = bodyLines(row, drawing, width - 2);
    return [...head, ...body.map((line, n) => [gutter(row, drawing, n), span(' '), ...line])];
  }
  const nameWidth = width >= 90 ? 14 : width >= 70 ? 12 : 9;
  const margin = marginOf(row, drawing, nameWidth);
  const blank = span(' '.repeat(drawing.look.timeWidth + 1 + nameWidth + 1));
  const taken = drawing.look.timeWidth + nameWidth + 4;
  return bodyLines(row, drawing, width - taken).map((line, index) => [
    ...(index === 0 ? margin : [blank]),
    gutter(row, drawing, index),
    span(' '),
    ...line,
  ]);
}

/** `14:05          ann `; empty under a message of the same person. */
function marginOf(row: MessageRow, { look }: Drawing, nameWidth: number): Line {
  if (row.grouped) return [span(' '.repeat(look.timeWidth + 1 + nameWidth + 1))];
  const name = shorten(nameOf(row), nameWidth);
  return [
    span(look.formatter.time(row.message.at).padStart(look.timeWidth), look.theme.dim),
    span(' '.repeat(1 + nameWidth - widthOf(name))),
    nameSpan(row, look, name),
    span(' '),
  ];
}

/** `ann 14:05` */
function headLine(row: MessageRow, { look, width }: Drawing): Line {
  const time = look.formatter.time(row.message.at);
  const name = shorten(nameOf(row), width - look.timeWidth - 1);
  return [nameSpan(row, look, name), span(` ${time}`, look.theme.dim)];
}

function nameOf({ from }: MessageRow): string {
  return from === undefined ? 'you' : strip(from.name);
}

function nameSpan(row: MessageRow, { theme }: Look, name: string): Span {
  return span(name, row.mine ? theme.ownName : nameStyle(theme, hue(nameOf(row))));
}

/** What stands before a message: how far an own one is, or, down all of it, that it speaks to one. */
function gutter(row: MessageRow, { look: { theme } }: Drawing, line: number): Span {
  const { state } = row.message;
  if (state === 'sent') return row.mentionsMe ? span('▌', theme.mention) : span(' ');
  if (line > 0) return span(' ');
  return state === 'pending' ? span('…', theme.pending) : span('✗', theme.error);
}

function bodyLines(row: MessageRow, { look, me }: Drawing, width: number): readonly Line[] {
  const { theme } = look;
  const { message } = row;
  const reader = { theme, me };
  const text = markdownLines(parseMarkdown(message.text, look.emoji), reader, Math.max(1, width));
  const said = text.length === 0 ? [[span(' ')]] : text;
  const answered = row.replyTo === undefined ? [] : [repliedLine(row.replyTo, look, width)];
  if (message.state !== 'failed') return [...answered, ...said];
  const why = [
    span(`Not sent: ${strip(message.why.message)}. `, theme.error),
    span('Alt-↑, then t to try again, d to discard', theme.dim),
  ];
  return [...answered, ...said, ...wrap(why, Math.max(1, width))];
}

function repliedLine(
  { said }: NonNullable<MessageRow['replyTo']>,
  { theme }: Look,
  width: number,
): Line {
  if (said === undefined) return [span(shorten('↳ to an older message', width), theme.dim)];
  const name = strip(said.from.name);
  return [
    span('↳ ', theme.dim),
    span(shorten(name, 16), nameStyle(theme, hue(name))),
    span(
      shorten(`: ${said.excerpt}`, Math.max(0, width - 2 - Math.min(16, widthOf(name)))),
      theme.dim,
    ),
  ];
}
