import type { Timeline, TimelineMessage } from '../client/timeline.ts';
import type { Person } from '../protocol/events.ts';
import { excerpt } from './excerpt.ts';
import type { Formatter } from './format.ts';
import { mentionsMe } from './mentions.ts';

/** What a room's list shows. Its `key` is its own in the list, and stays as long as the row does. */
export type RoomRow = DayRow | UnreadRow | MessageRow;

interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  /** A moment of that day, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** What follows was not read when the room was opened. */
interface UnreadRow {
  readonly kind: 'unread';
  readonly key: 'unread';
}

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly message: TimelineMessage;
  /** Nobody where it is one's own and one never was online yet. */
  readonly from: Person | undefined;
  readonly mine: boolean;
  readonly mentionsMe: boolean;
  /** It follows another of the same author closely: a name above it would say nothing new. */
  readonly grouped: boolean;
  readonly replyTo: Replied | undefined;
}

export interface Replied {
  readonly seq: number;
  /** What stands there, where it is loaded. */
  readonly said: { readonly from: Person; readonly excerpt: string } | undefined;
}

export interface RowView {
  readonly me: Person | undefined;
  /** Where one had read to when the room was opened; undefined where no divider is wanted. */
  readonly unreadAfter: number | undefined;
}

/** Messages of one author are grouped up to this distance. */
const GROUPED_MS = 300_000;
const EXCERPT_LENGTH = 80;

/** The rows of a timeline, and what they were made of. */
interface Made {
  readonly view: RowView;
  readonly messages: readonly TimelineMessage[];
  readonly rows: readonly RoomRow[];
  readonly dividers: readonly Divider[];
}

interface Divider {
  /** The index of the message that it stands before. */
  readonly before: number;
  readonly row: DayRow | UnreadRow;
}

/** What decides which dividers a message gets: the latest day above it, and whether the unread began. */
interface Above {
  readonly day: string;
  readonly divided: boolean;
}

const top: Above = { day: '', divided: false };
const nothing: Made = {
  view: { me: undefined, unreadAfter: undefined },
  messages: [],
  rows: [],
  dividers: [],
};

/**
 * Turns the timeline of one room into rows. What did not change stays the same object. What a
 * change costs is what came; of what stayed, no row is looked at but those that answer another.
 */
export class Rows {
  readonly #formatter: Pick<Formatter, 'dayKey'>;
  #made = nothing;

  constructor(formatter: Pick<Formatter, 'dayKey'>) {
    this.#formatter = formatter;
  }

  of({ messages }: Timeline, view: RowView): readonly RoomRow[] {
    const last = this.#made;
    const kept = overlap(last.messages, messages);
    const isSameView = isViewOf(last.view, view);
    const isSameLength = kept.count === messages.length && kept.count === last.messages.length;
    if (isSameView && isSameLength) {
      this.#made = { ...last, messages };
      return last.rows;
    }
    this.#made = this.#make(messages, view, last, kept, isSameView);
    return this.#made.rows;
  }

  #make(
    messages: readonly TimelineMessage[],
    view: RowView,
    last: Made,
    kept: Overlap,
    isSameView: boolean,
  ): Made {
    const shift = kept.to - kept.from;
    const dividers: Divider[] = [];
    const fresh: RoomRow[] = [];
    let same: { readonly rows: readonly RoomRow[]; readonly after: number } | undefined;
    let above = top;
    for (let index = 0; index < messages.length; index += 1) {
      const isKept = index >= kept.to && index < kept.to + kept.count;
      const old = index - shift;
      const isUnder = index > kept.to || (index === 0 && old === 0);
      if (isSameView && isKept && isUnder && isSame(above, aboveOf(last, old))) {
        // From here on everything is as it was.
        const end = kept.from + kept.count;
        const rows = rowsBetween(last, old, end);
        same = { rows: shift === 0 ? rows : answeredAnew(rows, messages), after: fresh.length };
        for (const { before, row } of last.dividers) {
          if (before >= old && before < end) dividers.push({ before: before + shift, row });
        }
        above = aboveOf(last, end);
        index = end + shift - 1;
        continue;
      }
      const message = messages[index];
      if (message === undefined) break;
      const its = this.#dividers(message, above, view);
      for (const row of its) dividers.push({ before: index, row });
      above = its.reduce(under, above);
      const upper = its.length > 0 ? undefined : messages[index - 1];
      const made = rowOf(message, upper, messages, view);
      const was = isKept ? last.rows[rowsBefore(last, old + 1) - 1] : undefined;
      fresh.push(...its, was?.kind === 'message' && isSameRow(was, made) ? was : made);
    }
    if (same === undefined) return { view, messages, rows: fresh, dividers };
    const rows = fresh.slice(0, same.after).concat(same.rows, fresh.slice(same.after));
    return { view, messages, rows, dividers };
  }

  #dividers(message: TimelineMessage, above: Above, view: RowView): readonly Divider['row'][] {
    const day = `day ${this.#formatter.dayKey(message.at)}`;
    const its: Divider['row'][] = [];
    // A clock that was set back must not show the same day twice.
    if (day > above.day) its.push({ kind: 'day', key: day, at: message.at });
    if (!above.divided && isUnread(message, view)) its.push({ kind: 'unread', key: 'unread' });
    return its;
  }
}

/** So many messages, from one index on and then from another, are the same ones. */
interface Overlap {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The oldest may have gone, or older ones may have come; at the end, anything may be another. */
function overlap(last: readonly TimelineMessage[], now: readonly TimelineMessage[]): Overlap {
  const to = Math.max(0, indexOf(now, last[0]));
  const from = to > 0 ? 0 : Math.max(0, indexOf(last, now[0]));
  const most = Math.min(last.length - from, now.length - to);
  let count = 0;
  while (count < most && last[from + count] === now[to + count]) count += 1;
  return { from, to, count };
}

function indexOf(
  messages: readonly TimelineMessage[],
  message: TimelineMessage | undefined,
): number {
  return message?.state === 'sent' ? placeOf(messages, message.seq) : 0;
}

function isViewOf(one: RowView, other: RowView): boolean {
  const isMe = one.me?.id === other.me?.id && one.me?.name === other.me?.name;
  return isMe && one.unreadAfter === other.unreadAfter;
}

function isSame(one: Above, other: Above): boolean {
  return one.day === other.day && one.divided === other.divided;
}

function under({ day, divided }: Above, row: DayRow | UnreadRow): Above {
  return row.kind === 'day' ? { day: row.key, divided } : { day, divided: true };
}

function aboveOf({ dividers }: Made, index: number): Above {
  return dividers
    .filter(({ before }) => before < index)
    .map(({ row }) => row)
    .reduce(under, top);
}

/** How many rows there are for the messages before that of an index. */
function rowsBefore({ dividers }: Made, index: number): number {
  return index + dividers.filter(({ before }) => before < index).length;
}

function rowsBetween(made: Made, index: number, end: number): readonly RoomRow[] {
  const [from, to] = [rowsBefore(made, index), rowsBefore(made, end)];
  return from === 0 && to === made.rows.length ? made.rows : made.rows.slice(from, to);
}

/** What they answer may have come, or gone. */
function answeredAnew(
  rows: readonly RoomRow[],
  messages: readonly TimelineMessage[],
): readonly RoomRow[] {
  return rows.map((row) => {
    if (row.kind !== 'message' || row.replyTo === undefined) return row;
    const made = { ...row, replyTo: replyOf(row.message, messages) };
    return isSameRow(row, made) ? row : made;
  });
}

/** The row of a message that stands under another one, or under a divider. */
function rowOf(
  message: TimelineMessage,
  above: TimelineMessage | undefined,
  messages: readonly TimelineMessage[],
  { me }: RowView,
): MessageRow {
  const mine = message.state !== 'sent' || message.from.id === me?.id;
  return {
    kind: 'message',
    key: keyOf(message, mine),
    message,
    from: authorOf(message, me),
    mine,
    mentionsMe: message.state === 'sent' && me !== undefined && mentionsMe(message, me),
    grouped: isGrouped(message, above, me),
    replyTo: replyOf(message, messages),
  };
}

function authorOf(message: TimelineMessage, me: Person | undefined): Person | undefined {
  return message.state === 'sent' ? message.from : me;
}

function isUnread(message: TimelineMessage, { me, unreadAfter }: RowView): boolean {
  if (unreadAfter === undefined || message.state !== 'sent') return false;
  return message.seq > unreadAfter && message.from.id !== me?.id;
}

function isGrouped(
  message: TimelineMessage,
  above: TimelineMessage | undefined,
  me: Person | undefined,
): boolean {
  if (above === undefined || message.replyTo !== undefined) return false;
  const [one, other] = [authorOf(above, me), authorOf(message, me)];
  return one?.id === other?.id && Math.abs(message.at - above.at) <= GROUPED_MS;
}

/** An own message keeps its row when it is sent. Other people's keys are theirs to choose. */
function keyOf(message: TimelineMessage, mine: boolean): string {
  if (mine && message.key !== undefined) return `own ${message.key}`;
  return message.state === 'sent' ? `seq ${message.seq}` : `own ${message.key}`;
}

function replyOf(
  message: TimelineMessage,
  messages: readonly TimelineMessage[],
): Replied | undefined {
  const { replyTo: seq } = message;
  if (seq === undefined) return undefined;
  const isAbove = message.state !== 'sent' || seq < message.seq;
  return isAbove ? repliedAt(seq, messages) : { seq, said: undefined };
}

/** What an answer to that message refers to. */
export function repliedAt(seq: number, messages: readonly TimelineMessage[]): Replied {
  const found = messages[placeOf(messages, seq)];
  if (found?.state !== 'sent') return { seq, said: undefined };
  return { seq, said: { from: found.from, excerpt: excerpt(found.text, EXCERPT_LENGTH) } };
}

/** Where a message is, or -1. By halves: the sent ones come first and rise. */
function placeOf(messages: readonly TimelineMessage[], seq: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const message = messages[middle];
    if (message?.state === 'sent' && message.seq < seq) low = middle + 1;
    else high = middle;
  }
  const found = messages[low];
  return found?.state === 'sent' && found.seq === seq ? low : -1;
}

/** Of two rows of one message. */
function isSameRow(one: MessageRow, other: MessageRow): boolean {
  return (
    one.key === other.key &&
    one.from === other.from &&
    one.mine === other.mine &&
    one.mentionsMe === other.mentionsMe &&
    one.grouped === other.grouped &&
    one.replyTo?.said?.excerpt === other.replyTo?.said?.excerpt
  );
}
