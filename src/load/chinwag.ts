import {
  type Dialect,
  type Entry,
  type Heard,
  type Place,
  Refused,
  type SignIn,
} from './dialect.ts';
import { stampChars } from './stamp.ts';

/** A member of a chinwag room, and all it needs to come back. */
export type Membership = Entry & {
  readonly token: string;
  readonly epoch: string;
  readonly head: number;
  readonly catchUp: string;
  /** The `seq` of each event that joining replayed. */
  readonly replayed: readonly number[];
};

/** What a member that was in before comes back with. */
export type Return = { readonly token: string; readonly epoch: string; readonly after: number };

/** chinwag's own protocol at `/ws`. */
export const chinwag: Dialect = {
  name: 'chinwag',
  path: () => '/ws',
  subprotocol: 'chinwag.v1',
  signIn: (place) => enter(place),
  message: (place, text, counter) =>
    `{"type":"send","ref":${counter},"room":"${place.room}","text":"${text}","key":"${text.slice(0, stampChars)}"}`,
  hear,
  echoes: true,
  answers: true,
  seqBehind: '"seq":',
};

/** Signs in and joins: as a new guest, or as the guest that was there before. */
export function* enter(place: Place, back?: Return): SignIn<Membership> {
  const who = back === undefined ? { name: place.name } : { token: back.token };
  const welcome = yield* answerTo({ type: 'hello', ref: 'hello', ...who });
  const token = text(welcome.token ?? back?.token);
  const epoch = text(welcome.epoch);
  const here = { token, epoch };
  if (place.room === undefined) return { ...here, head: 0, catchUp: '', replayed: [] };
  const position = back === undefined ? {} : { after: back.after, epoch: back.epoch };
  const joined = yield* answerTo({ type: 'join', ref: 'join', room: place.room, ...position });
  const events = Array.isArray(joined.events) ? joined.events : [];
  return {
    ...here,
    head: Number(joined.head),
    catchUp: text(joined.catchUp),
    replayed: events.map((event: { seq?: unknown }) => Number(event.seq)),
  };
}

type Command = { readonly ref: string; readonly [field: string]: string | number };

/** Asks, and passes over everything else until the answer comes. */
function* answerTo(command: Command): SignIn<Record<string, unknown>> {
  let said = [JSON.stringify(command)];
  for (;;) {
    const frame = parse(yield said);
    said = [];
    if (frame.type === 'error') throw refusal(frame);
    if (frame.ref === command.ref) return frame;
  }
}

function hear(raw: string): Heard {
  const frame = parse(raw);
  if (frame.type === 'ok') return { kind: 'answer', counter: Number(frame.ref) };
  if (frame.type === 'heartbeat') return { kind: 'reply', text: '{"type":"heartbeat"}' };
  if (frame.type === 'error') return { kind: 'refused', reason: refusal(frame) };
  return { kind: 'nothing' };
}

function refusal(frame: Record<string, unknown>): Refused {
  const code = text(frame.code);
  const message = `the server refused: ${text(frame.message)}`;
  if (code !== 'rate_limited') return new Refused(code, message);
  return new Refused(code, `${message}; start it with --rate-limit off to measure it`);
}

function parse(raw: string): Record<string, unknown> {
  const value: unknown = JSON.parse(raw);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
