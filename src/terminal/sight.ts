import type { MessageRow, RoomRow } from '../chat/rows.ts';
import { strip } from '../chat/strip.ts';
import type { Timeline } from '../client/index.ts';
import type { Person } from '../protocol/events.ts';
import { fieldOf } from './field.ts';
import { fieldLines } from './field-lines.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Line, Style } from './line.ts';
import { shorten, span } from './line-of.ts';
import type { Look } from './look.ts';
import { lastOf } from './memo.ts';
import { type Drawing, messageLines } from './message-lines.ts';
import { type Passing, sumUp } from './passings.ts';
import type { Blocks } from './scroll.ts';
import { here, type State } from './state.ts';
import { widthOf } from './width.ts';

/** The room that is looked at, as blocks of lines: its beginning, its rows, and who passed by last. */
export interface Sight extends Blocks {
  readonly layout: Layout;
  lines(index: number): readonly Line[];
  /** The message in a block. */
  message(index: number): MessageRow | undefined;
}

const HEAD = 'head';
const TAIL = 'tail';

/** Asked for several times at each frame, and made once. */
export const sightOf = lastOf(lookAt);

function lookAt(state: State): Sight {
  const { look, timeline, me } = state;
  const layout = layoutOf(state.size, state.settings, fieldHeight(state));
  const rows = rowsOf(look, timeline, me, here(state).unreadAfter);
  const drawing = drawingOf(look, layout.messagesWidth, me?.name);
  const passings = state.passings.get(timeline.room);
  const passedBefore = (index: number) => passings?.get(seqBefore(rows, index)) ?? [];
  const tail = passedBefore(rows.length);
  const count = 1 + rows.length + (tail.length > 0 ? 1 : 0);

  function lines(index: number): readonly Line[] {
    if (index === 0) return [beginning(state, layout.messagesWidth)];
    const row = rows[index - 1];
    switch (row?.kind) {
      case undefined:
        return [passingLine(tail, drawing)];
      case 'day':
        return [rule(look.formatter.day(row.at, state.now), look.theme.dim, drawing)];
      case 'unread':
        return [rule('new', look.theme.unread, drawing)];
      case 'message': {
        const before = passedBefore(index - 1);
        const said = messageLines(row, drawing);
        return before.length === 0 ? said : [passingLine(before, drawing), ...said];
      }
    }
  }
  return {
    layout,
    count,
    lines,
    height: (index) => lines(index).length,
    key: (index) => rows[index - 1]?.key ?? (index === 0 ? HEAD : TAIL),
    find(key) {
      if (key === HEAD) return 0;
      if (key === TAIL) return count - 1;
      const found = place(rows, key, look);
      return found === -1 ? undefined : found + 1;
    },
    message(index) {
      const row = rows[index - 1];
      return row?.kind === 'message' ? row : undefined;
    },
  };
}

/** What is written, or another scroll, is another sight of the same rows. */
const rowsOf = lastOf(
  (
    { rows }: Look,
    timeline: Timeline,
    me: Person | undefined,
    unreadAfter: number | undefined,
  ): readonly RoomRow[] => rows.of(timeline, { me, unreadAfter }),
);

type Place = { readonly rows: readonly RoomRow[]; readonly key: string; readonly index: number };

const places = new WeakMap<Look, Place>();

/** Where the row with this key is, most often where it was the last time; -1 where it is not. */
function place(rows: readonly RoomRow[], key: string, look: Look): number {
  const last = places.get(look);
  if (last?.key === key && (last.rows === rows || rows[last.index]?.key === key)) {
    return last.index;
  }
  const index = rows.findLastIndex((row) => row.key === key);
  places.set(look, { rows, key, index });
  return index;
}

/** How many rows the field would like to have. */
function fieldHeight(state: State): number {
  const { prompt, composer } = fieldOf(state);
  const width = Math.max(1, state.size.columns - widthOf(prompt.text));
  return fieldLines(composer.editor, width).lines.length;
}

const drawings = new WeakMap<Look, Drawing>();

/** The same drawing for the same look, width and person, so that what was drawn is found again. */
function drawingOf(look: Look, width: number, me: string | undefined): Drawing {
  const last = drawings.get(look);
  if (last?.width === width && last.me === me) return last;
  const drawing = { look, width, me };
  drawings.set(look, drawing);
  return drawing;
}

/** The `seq` of the message above a row; 0 above all of them, none under one that was not sent. */
function seqBefore(rows: readonly RoomRow[], index: number): number {
  for (let above = index - 1; above >= 0; above -= 1) {
    const row = rows[above];
    if (row?.kind === 'message') return row.message.state === 'sent' ? row.message.seq : -1;
  }
  return 0;
}

function beginning({ timeline, look }: State, width: number): Line {
  const { room, role, hasOlder, messages } = timeline;
  // Whoever mistyped a name shall see that there was no such room.
  const text = hasOlder
    ? '… older messages are on their way'
    : role === 'owner' && messages.length === 0
      ? `You made #${strip(room)}: nobody has said anything here yet.`
      : `This is where #${strip(room)} begins.`;
  const isKnown = timeline.standing === 'live' || messages.length > 0;
  return [span(isKnown ? shorten(text, width) : '', look.theme.notice)];
}

function passingLine(passings: readonly Passing[], { look, width }: Drawing): Line {
  return [span(shorten(`  ${sumUp(passings)}`, width), look.theme.notice)];
}

/** `──── Today ────` */
function rule(text: string, style: Style, { width }: Drawing): Line {
  const left = Math.max(0, width - widthOf(text) - 2);
  const before = Math.floor(left / 2);
  return [span(`${'─'.repeat(before)} ${text} ${'─'.repeat(left - before)}`, style)];
}
