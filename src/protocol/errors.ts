/** What a program reads in an `error` frame. */
export const errorCodes = [
  'bad_frame',
  'unknown_type',
  'invalid',
  'not_authenticated',
  'name_invalid',
  'name_taken',
  'bad_token',
  'not_found',
  'forbidden',
  'not_joined',
  'too_long',
  'rate_limited',
  'muted',
  'conflict',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What an `error` may say beside its code and sentence. */
export type Hints = {
  /** The field that was wrong, with `invalid`, `too_long` and `name_invalid`. */
  readonly field?: string;
  /** How long to wait before trying again, in milliseconds. */
  readonly retryAfterMs?: number;
};

/** A refusal by rule: thrown where the rule stands, sent to the peer as an `error` frame. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly hints: Hints;

  constructor(code: ErrorCode, message: string, hints: Hints = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.hints = hints;
  }
}
