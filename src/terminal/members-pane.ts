import { hue } from '../chat/hue.ts';
import { strip } from '../chat/strip.ts';
import type { Person } from '../protocol/events.ts';
import type { Line } from './line.ts';
import { shorten, span } from './line-of.ts';
import type { Look } from './look.ts';
import { lastOf } from './memo.ts';
import type { State } from './state.ts';
import { nameStyle } from './theme.ts';

/** Who is in the room, by name. */
export function membersPane(
  { timeline, look, me }: State,
  width: number,
  rows: number,
): readonly Line[] {
  return membersLines(timeline.members, timeline.memberCount, me, look, width, rows);
}

/** The same lines as long as nobody comes or goes. */
const membersLines = lastOf(drawMembers);

function drawMembers(
  members: readonly Person[],
  memberCount: number,
  me: Person | undefined,
  { theme }: Look,
  width: number,
  rows: number,
): readonly Line[] {
  const sorted = members
    .map(({ id, name }) => ({ isMe: id === me?.id, name: strip(name) }))
    .toSorted((one, other) => compare(one.name, other.name));
  const fitting = sorted.length === memberCount && sorted.length <= rows ? rows : rows - 1;
  const lines: Line[] = sorted.slice(0, fitting).map(({ isMe, name }) => {
    const style = isMe ? theme.ownName : nameStyle(theme, hue(name));
    return [span(` ${shorten(name, width - 2)}`, style)];
  });
  const missing = memberCount - lines.length;
  return missing > 0 ? [...lines, [span(` and ${missing} more`, theme.dim)]] : lines;
}

function compare(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}
