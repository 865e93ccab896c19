import { count } from '../chat/format.ts';
import type { RoomEntry } from '../chat/room-list.ts';
import { strip } from '../chat/strip.ts';
import type { Line } from './line.ts';
import { fitLine, shorten, span, spread } from './line-of.ts';
import type { Look } from './look.ts';
import { ofEach } from './memo.ts';
import type { State } from './state.ts';

/** The list of rooms, with what waits in each: at most `rows` lines, the room one is in among them. */
export function roomsPane(state: State, width: number, rows: number): Line[] {
  const { entries, timeline } = state;
  const at = entries.findIndex(({ room }) => room === timeline.room);
  const from = Math.max(0, Math.min(at - Math.floor(rows / 2), entries.length - rows));
  return entries.slice(from, from + rows).map((entry, index) => {
    return roomLine(entry, from + index, entry.room === timeline.room, state.look, width);
  });
}

/** The same line as long as nothing of it changes: what is drawn already need not be drawn again. */
const roomLine = ofEach(drawRoom);

function drawRoom(
  entry: RoomEntry,
  index: number,
  isHere: boolean,
  { theme }: Look,
  width: number,
): Line {
  const { room, unread, mentions, standing } = entry;
  const number = index < 9 ? `${index + 1}` : ' ';
  const waiting = isHere && mentions === 0 ? '' : unread > 0 ? ` ${count(unread)}` : '';
  const named = mentions > 0 ? ` @${count(mentions)}` : '';
  const right = [span(named, theme.mention), span(waiting, theme.unread), span(' ')];
  const taken = named.length + waiting.length + 1;
  const style =
    standing === 'refused' ? theme.error : mentions > 0 || unread > 0 ? theme.title : theme.status;
  const name = shorten(strip(room), Math.max(1, width - taken - 3));
  const left = [span(` ${number} `, theme.dim), span(name, style)];
  const line = spread(left, right, width);
  if (!isHere) return line;
  // In colours of its own, each piece would be marked in another one.
  return fitLine(line, width).map(({ text }) => span(text, theme.selection));
}
