import { mostSenders, stampChars } from './stamp.ts';

/** How messages are paced. */
export type Pace =
  /** Each sender keeps this many messages under way, and sends the next when one has come back. */
  | { readonly kind: 'closed'; readonly inFlight: number }
  /** This many messages a second by all senders together, whatever the server does. */
  | { readonly kind: 'open'; readonly perSecond: number };

/** What a run does. Members and senders are per room; times are in milliseconds. */
export type LoadPlan = {
  readonly rooms: number;
  readonly members: number;
  readonly senders: number;
  readonly pace: Pace;
  /** The text of a message, in bytes. */
  readonly size: number;
  /** More connections, which sign in and then only listen. */
  readonly idle: number;
  /** Members of each room that stop reading when the messages begin. */
  readonly stalled: number;
  /** Messages flow for this long before anything but their order counts. */
  readonly warmupMs: number;
  readonly durationMs: number;
  /** Everybody has to be in after this long. */
  readonly connectMs: number;
  /** A message counts as missing when nothing at all has been delivered for this long. */
  readonly quietMs: number;
};

/** A sender hands over all of these in one call, which takes no hundred thousand. */
const MOST_IN_FLIGHT = 10_000;
/** A stamp tells times up to 19 hours. */
const MOST_HOURS = 12;

/** Throws a `RangeError` that says which number does not work and why. */
export function checkPlan(plan: LoadPlan): void {
  const { rooms, members, senders, stalled, size, idle, pace, durationMs } = plan;
  if (rooms * members + idle === 0) {
    throw new RangeError('nobody would connect: it takes rooms with members, or some who are idle');
  }
  if (senders > members - stalled) {
    throw new RangeError(`senders are members too: at most ${members - stalled} of ${members}`);
  }
  if (rooms * senders > mostSenders) {
    throw new RangeError(`at most ${mostSenders} senders in all rooms together`);
  }
  if (size < stampChars || size > 4_000) {
    throw new RangeError(`a message takes ${stampChars} to 4000 bytes, not ${size}`);
  }
  if (pace.kind === 'closed' && !(pace.inFlight >= 1 && pace.inFlight <= MOST_IN_FLIGHT)) {
    throw new RangeError(`a sender has 1 to ${MOST_IN_FLIGHT} messages in flight`);
  }
  if (durationMs > MOST_HOURS * 3_600_000) {
    throw new RangeError(`a run takes at most ${MOST_HOURS} hours`);
  }
}
