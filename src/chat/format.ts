import type { ConnectionState } from '../client/state.ts';
import { strip } from './strip.ts';

/** Whose habits are followed. Undefined is the machine's own. */
export interface Locale {
  readonly locale: string | undefined;
  readonly timeZone: string | undefined;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
/** Whatever the offset of a time zone is, a day begins at a whole quarter of an hour. */
const QUARTER_MS = 900_000;

/** Times and days as a person of this locale writes them. Build one and keep it: it is not cheap. */
export class Formatter {
  readonly #time: Intl.DateTimeFormat;
  readonly #key: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #dateOfYear: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  /** What was asked for last, the time of a minute and the day of a quarter of an hour: most questions are the same. */
  #lastTime = { minute: Number.NaN, time: '' };
  #lastDay = { quarter: Number.NaN, day: '' };

  constructor({ locale, timeZone }: Locale) {
    const make = (options: Intl.DateTimeFormatOptions, of = locale) =>
      new Intl.DateTimeFormat(of, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
    const date = { day: 'numeric', month: 'long' } as const;
    this.#time = make({ hour: '2-digit', minute: '2-digit' });
    this.#key = make({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
    this.#weekday = make({ weekday: 'long' });
    this.#date = make({ weekday: 'long', ...date });
    this.#dateOfYear = make({ ...date, year: 'numeric' });
    this.#full = make({ dateStyle: 'full', timeStyle: 'medium' });
  }

  /** "14:05" */
  time(at: number): string {
    const minute = Math.floor(at / MINUTE_MS);
    if (minute !== this.#lastTime.minute) this.#lastTime = { minute, time: this.#time.format(at) };
    return this.#lastTime.time;
  }

  /** "Monday, 23 November 2026 at 14:05:09" */
  full(at: number): string {
    return this.#full.format(at);
  }

  /** "2026-11-23", in the time zone: days can be compared by it. */
  dayKey(at: number): string {
    const quarter = Math.floor(at / QUARTER_MS);
    if (quarter !== this.#lastDay.quarter) this.#lastDay = { quarter, day: this.#key.format(at) };
    return this.#lastDay.day;
  }

  /** "Today", "Yesterday", "Friday" within six days, "Monday, 2 November" within the year, or with it. */
  day(at: number, now: number): string {
    const key = this.dayKey(at);
    const today = this.dayKey(now);
    const days = Math.round((Date.parse(today) - Date.parse(key)) / DAY_MS);
    if (days === 0) return 'Today';
    if (days === 1) return 'Yesterday';
    if (days > 1 && days < 7) return this.#weekday.format(at);
    const sameYear = key.slice(0, 4) === today.slice(0, 4);
    return (sameYear ? this.#date : this.#dateOfYear).format(at);
  }
}

/** "now", "40 s", "3 min", "2 h", "5 days" */
export function duration(ms: number): string {
  const seconds = Math.round(ms / SECOND_MS);
  if (seconds < 1) return 'now';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.round(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** "7", "99+" */
export function count(number: number): string {
  return number > 99 ? '99+' : `${number}`;
}

/** "ann", "ann and bob", "ann, bob and cy", "ann, bob and 3 others" */
export function names(people: readonly string[]): string {
  const [first = '', second = '', third = ''] = people.slice(0, 3).map(strip);
  switch (people.length) {
    case 0:
      return '';
    case 1:
      return first;
    case 2:
      return `${first} and ${second}`;
    case 3:
      return `${first}, ${second} and ${third}`;
    default:
      return `${first}, ${second} and ${people.length - 2} others`;
  }
}

/** "ann is typing", "ann, bob and 3 others are typing"; empty where nobody is. */
export function typing(people: readonly string[]): string {
  if (people.length === 0) return '';
  return `${names(people)} ${people.length === 1 ? 'is' : 'are'} typing`;
}

/** What a program answered, such as `the room is full`, as people write it. */
export function sentence(message: string): string {
  const said = strip(message);
  const end = /[.!?]$/.test(said) ? '' : '.';
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${end}`;
}

/** Where the connection stands, in one sentence. */
export function connection(state: ConnectionState, now: number): string {
  switch (state.status) {
    case 'connecting':
      return 'Connecting to the server.';
    case 'online':
      return strip(`Connected to ${state.server.name} as ${state.user.name}.`);
    case 'waiting': {
      const left = Math.max(0, Math.ceil((state.retryAt - now) / SECOND_MS));
      const when = left === 0 ? 'now' : `in ${left} s`;
      return `The server is away; trying again ${when}. What you write is kept and sent then.`;
    }
    case 'closed':
      return state.why.code === 'closed'
        ? 'Signed out.'
        : strip(`Signed out: ${state.why.message}.`);
  }
}
