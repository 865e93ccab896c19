import { millisecondsIn } from './duration.ts';
import { UsageError } from './exit-codes.ts';
import { flags, type GivenTo } from './flags.ts';
import { type Place, placeOf, USUAL_ROOM } from './place.ts';

/** What to say, where and how. */
export type Order = {
  readonly place: Place;
  readonly room: string;
  /** Undefined: what comes in. */
  readonly text: string | undefined;
  readonly key: string | undefined;
  readonly replyTo: number | undefined;
  readonly waitReplyMs: number | undefined;
  readonly timeoutMs: number;
  readonly isCode: boolean;
  readonly isJson: boolean;
};

/** Leaves room for the number of a part within what a server takes. */
const KEY = /^[\w.:/@+=-]{1,56}$/;

/** Throws `UsageError`. */
export function orderOf({ values, words }: GivenTo<'send'>): Order {
  const { place, rest } = placeOf(words, values);
  const [room = USUAL_ROOM, ...said] = rest;
  const text =
    said.length === 0 || (said.length === 1 && said[0] === '-') ? undefined : said.join(' ');
  if (text === '') throw new UsageError('the text is empty; say something');
  const { key } = values;
  if (key !== undefined && !KEY.test(key)) {
    const form = '1 to 56 letters, digits and . _ : / @ + = -';
    throw new UsageError(`--key takes ${form}, not "${key}"`);
  }
  const wait = values['wait-reply'];
  return {
    place,
    room,
    text,
    key,
    replyTo: seqOf(values['reply-to']),
    waitReplyMs: wait === undefined ? undefined : timeOf('wait-reply', wait),
    timeoutMs: timeOf('timeout', values.timeout ?? flags.send.timeout.byDefault),
    isCode: values.code === true,
    isJson: values.json === true,
  };
}

function timeOf(flag: string, text: string): number {
  const milliseconds = millisecondsIn(text) ?? 0;
  if (milliseconds > 0) return milliseconds;
  throw new UsageError(`--${flag} takes a time like 500ms, 30s or 5m, not "${text}"`);
}

function seqOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`--reply-to takes the number of a message, not "${text}"`);
}
