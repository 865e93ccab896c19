import { Marker } from './marker.ts';

/**
 * The text of a load message: a marker of this run, then the sender's number,
 * its counter and the time, six bits a character, then padding. All of it is
 * plain ASCII that JSON leaves as it is, so a delivery is read without parsing.
 */
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const SENDER_CHARS = 3;
const COUNTER_CHARS = 5;
const TIME_CHARS = 6;
const NONCE_CHARS = 3;

/** The least text, in characters, that carries a stamp. */
export const stampChars = 1 + NONCE_CHARS + SENDER_CHARS + COUNTER_CHARS + TIME_CHARS;
/** How many senders a stamp can tell apart. */
export const mostSenders = 64 ** SENDER_CHARS;

const values = new Uint8Array(256);
for (let value = 0; value < ALPHABET.length; value += 1) {
  values[ALPHABET.charCodeAt(value)] = value;
}

export class Stamp {
  readonly #head: string;
  readonly #padding: string;
  readonly #marker: Marker;

  /** The start of `nonce` marks this run's messages; `size` is the text's length in bytes. */
  constructor(nonce: string, size: number) {
    this.#head = `~${nonce.padEnd(NONCE_CHARS, '.').slice(0, NONCE_CHARS)}`;
    this.#padding = ' chinwag'.repeat(Math.ceil(size / 8)).slice(0, size - stampChars);
    this.#marker = new Marker(this.#head);
  }

  /** `time` in whole microseconds since the run began, below 2³⁶. */
  text(sender: number, counter: number, time: number): string {
    const fields =
      digits(sender, SENDER_CHARS) + digits(counter, COUNTER_CHARS) + digits(time, TIME_CHARS);
    return this.#head + fields + this.#padding;
  }

  /** Where the fields of the stamp in a frame begin, or -1 when it has none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#marker.behind(bytes, start, end);
  }
}

export function senderOf(bytes: Uint8Array, fields: number): number {
  return value3(bytes, fields);
}

export function counterOf(bytes: Uint8Array, fields: number): number {
  const low = valueAt(bytes, fields + 6) * 64 + valueAt(bytes, fields + 7);
  return value3(bytes, fields + SENDER_CHARS) * 4096 + low;
}

/** Microseconds since the run began. */
export function timeOf(bytes: Uint8Array, fields: number): number {
  const at = fields + SENDER_CHARS + COUNTER_CHARS;
  return value3(bytes, at) * 64 ** 3 + value3(bytes, at + 3);
}

function value3(bytes: Uint8Array, at: number): number {
  return (valueAt(bytes, at) << 12) | (valueAt(bytes, at + 1) << 6) | valueAt(bytes, at + 2);
}

function valueAt(bytes: Uint8Array, at: number): number {
  return values[bytes[at] ?? 0] ?? 0;
}

function digits(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let index = 0; index < length; index += 1) {
    text = ALPHABET.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}
