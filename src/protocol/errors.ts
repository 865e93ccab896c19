import Type, { type Static } from 'typebox';

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

export const ErrorCode = Type.Enum([...errorCodes]);
export type ErrorCode = (typeof errorCodes)[number];

const hints = {
  /** The field that was wrong, with `invalid`, `too_long` and `name_invalid`. */
  field: Type.Optional(Type.String()),
  /** How long to wait before trying again, in milliseconds. */
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
};
const Hints = Type.Object(hints);
type Hints = Static<typeof Hints>;

/** Properties of an `error` frame beside `type` and `ref`. */
export const errorFields = {
  code: ErrorCode,
  /** A sentence for people: what was wrong and what to do next. */
  message: Type.String(),
  ...hints,
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
