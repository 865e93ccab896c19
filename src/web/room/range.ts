import type { RoomRow } from '../../chat/rows.ts';

/**
 * Which rows of a room are in the page. Its ends are keys of messages, so that it stays where it
 * is whatever comes before and after; an end that is undefined follows the newest.
 */
export interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Span {
  readonly start: number;
  /** The first that is not in it. */
  readonly end: number;
}

/** There are never more rows than this in the page. */
const MOST = 300;
/** So many come in when one gets near an end, and so many are there at first. */
const STEP = 60;
/** Rows at the newest end are dropped many at once, not one with each that comes. */
const KEPT = 200;

export const newest: Range = { from: undefined, to: undefined };

/** Where the rows of a range are now. */
export function spanOf(rows: readonly RoomRow[], { from, to }: Range): Span {
  const last = to === undefined ? -1 : indexOf(rows, to);
  const end = last === -1 ? rows.length : last + 1;
  const first = from === undefined ? -1 : indexOf(rows, from);
  const start = first === -1 || first >= end ? Math.max(0, end - STEP) : first;
  return { start: withDividers(rows, start), end };
}

/**
 * The range with no more rows than there may be: who is at the newest loses the oldest of them,
 * and who reads further up is not given the newest until they go there.
 */
export function bounded(rows: readonly RoomRow[], range: Range, atNewest: boolean): Range {
  const { start, end } = spanOf(rows, range);
  if (end - start <= MOST) return range.from === undefined ? pinned(rows, range, start) : range;
  if (atNewest) return pinned(rows, range, end - KEPT);
  return { from: range.from, to: keyBefore(rows, start + MOST) };
}

/** A step further up; what is left out for it lies below `lastSeen`. */
export function furtherUp(rows: readonly RoomRow[], range: Range, lastSeen: number): Range {
  const { start, end } = spanOf(rows, range);
  const from = Math.max(0, start - STEP);
  const to = Math.max(from + MOST, lastSeen + 1);
  return {
    from: keyFrom(rows, from),
    to: end > to ? keyBefore(rows, to) : range.to,
  };
}

/** A step further down; what is left out for it lies above `firstSeen`. */
export function furtherDown(rows: readonly RoomRow[], range: Range, firstSeen: number): Range {
  const { start, end } = spanOf(rows, range);
  const to = Math.min(rows.length, end + STEP);
  const from = Math.min(to - MOST, firstSeen);
  return {
    from: from > start ? keyFrom(rows, from) : range.from,
    to: to === rows.length ? undefined : keyBefore(rows, to),
  };
}

/** Half of it before a row, half after. */
export function around(rows: readonly RoomRow[], key: string): Range {
  const at = indexOf(rows, key);
  if (at === -1) return newest;
  const end = at + STEP;
  return {
    from: keyFrom(rows, Math.max(0, at - STEP)),
    to: end >= rows.length ? undefined : keyBefore(rows, end),
  };
}

function pinned(rows: readonly RoomRow[], { to }: Range, start: number): Range {
  return { from: keyFrom(rows, start), to };
}

/** The key of the first message at `index` or after it. Dividers come and go: they are no ends. */
function keyFrom(rows: readonly RoomRow[], index: number): string | undefined {
  for (let at = index; at < rows.length; at += 1) {
    const row = rows[at];
    if (row?.kind === 'message') return row.key;
  }
  return undefined;
}

/** The key of the last message before `index`. */
function keyBefore(rows: readonly RoomRow[], index: number): string | undefined {
  for (let at = Math.min(index, rows.length) - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row?.kind === 'message') return row.key;
  }
  return undefined;
}

function indexOf(rows: readonly RoomRow[], key: string): number {
  return rows.findIndex((row) => row.key === key);
}

/** A day and the mark of the unread belong to the message under them. */
function withDividers(rows: readonly RoomRow[], start: number): number {
  let first = start;
  while (first > 0 && rows[first - 1]?.kind !== 'message') first -= 1;
  return first;
}
