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

/** What was made of the messages up to one of them. */
interface Step {
  readonly message: TimelineMessage;
  /** How many rows there are, with this message's. */
  readonly rows: number;
  readonly day: string;
  readonly divided: boolean;
}

/**
 * Turns the timeline of one room into rows. What did not change stays the same object, and a
 * message at the end costs what one message costs.
 */
export class Rows {
  readonly #formatter: Pick<Formatter, 'dayKey'>;
  readonly #made = new WeakMap<TimelineMessage, MessageRow>();
  #view: RowView = { me: undefined, unreadAfter: undefined };
  #held: readonly TimelineMessage[] = [];
  /** One for each message that is held. */
  #steps: Step[] = [];
  #rows: readonly RoomRow[] = [];

  constructor(formatter: Pick<Formatter, 'dayKey'>) {
    this.#formatter = formatter;
  }

  of(timeline: Timeline, view: RowView): readonly RoomRow[] {
    const { messages } = timeline;
    const kept = this.#keptBy(messages, view);
    this.#view = view;
    const nothing = kept === messages.length && kept === this.#held.length;
    this.#held = messages;
    if (nothing) return this.#rows;
    this.#steps.length = kept;
    const rows = this.#rows.slice(0, this.#steps.at(-1)?.rows ?? 0);
    for (let index = kept; index < messages.length; index += 1) {
      const message = messages[index];
      if (message !== undefined) this.#steps.push(this.#step(message, messages, rows));
    }
    this.#rows = rows;
    return rows;
  }

  /** How many messages at the beginning are what they were. */
  #keptBy(messages: readonly TimelineMessage[], { me, unreadAfter }: RowView): number {
    const last = this.#view;
    const sameMe = last.me?.id === me?.id && last.me?.name === me?.name;
    if (!sameMe || last.unreadAfter !== unreadAfter) return 0;
    let kept = 0;
    while (kept < this.#held.length && this.#held[kept] === messages[kept]) kept += 1;
    return kept;
  }

  #step(message: TimelineMessage, messages: readonly TimelineMessage[], rows: RoomRow[]): Step {
    const last = this.#steps.at(-1);
    let { day, divided } = last ?? { day: '', divided: false };
    const today = this.#formatter.dayKey(message.at);
    // A clock that was set back must not show the same day twice.
    const dawned = today > day;
    if (dawned) {
      day = today;
      rows.push({ kind: 'day', key: `day ${day}`, at: message.at });
    }
    const unread = !divided && this.#isUnread(message);
    if (unread) {
      divided = true;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    const above = dawned || unread ? undefined : last?.message;
    rows.push(this.#row(message, above, messages));
    return { message, rows: rows.length, day, divided };
  }

  #row(
    message: TimelineMessage,
    above: TimelineMessage | undefined,
    messages: readonly TimelineMessage[],
  ): MessageRow {
    const { me } = this.#view;
    const from = this.#author(message);
    const mine = message.state !== 'sent' || message.from.id === me?.id;
    const row: MessageRow = {
      kind: 'message',
      key: keyOf(message, mine),
      message,
      from,
      mine,
      mentionsMe: message.state === 'sent' && me !== undefined && mentionsMe(message, me),
      grouped: this.#isGrouped(message, above),
      replyTo: replied(message.replyTo, messages),
    };
    const made = this.#made.get(message);
    if (made !== undefined && isSame(made, row)) return made;
    this.#made.set(message, row);
    return row;
  }

  #author(message: TimelineMessage): Person | undefined {
    return message.state === 'sent' ? message.from : this.#view.me;
  }

  #isUnread(message: TimelineMessage): boolean {
    const { me, unreadAfter } = this.#view;
    if (unreadAfter === undefined || message.state !== 'sent') return false;
    return message.seq > unreadAfter && message.from.id !== me?.id;
  }

  #isGrouped(message: TimelineMessage, above: TimelineMessage | undefined): boolean {
    if (above === undefined || message.replyTo !== undefined) return false;
    const [one, other] = [this.#author(above), this.#author(message)];
    return one?.id === other?.id && Math.abs(message.at - above.at) <= GROUPED_MS;
  }
}

/** An own message keeps its row when it is sent. Other people's keys are theirs to choose. */
function keyOf(message: TimelineMessage, mine: boolean): string {
  if (mine && message.key !== undefined) return `own ${message.key}`;
  return message.state === 'sent' ? `seq ${message.seq}` : `own ${message.key}`;
}

function replied(
  seq: number | undefined,
  messages: readonly TimelineMessage[],
): Replied | undefined {
  if (seq === undefined) return undefined;
  const found = messageAt(messages, seq);
  if (found?.state !== 'sent') return { seq, said: undefined };
  return { seq, said: { from: found.from, excerpt: excerpt(found.text, EXCERPT_LENGTH) } };
}

/** By halves: the sent messages come first and rise. */
function messageAt(messages: readonly TimelineMessage[], seq: number): TimelineMessage | undefined {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const message = messages[middle];
    if (message?.state === 'sent' && message.seq < seq) low = middle + 1;
    else high = middle;
  }
  const found = messages[low];
  return found?.state === 'sent' && found.seq === seq ? found : undefined;
}

/** Of two rows of one message. */
function isSame(one: MessageRow, other: MessageRow): boolean {
  return (
    one.key === other.key &&
    one.from === other.from &&
    one.mine === other.mine &&
    one.mentionsMe === other.mentionsMe &&
    one.grouped === other.grouped &&
    one.replyTo?.said?.excerpt === other.replyTo?.said?.excerpt
  );
}
