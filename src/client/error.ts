import type { ErrorCode } from '../protocol/errors.ts';

/**
 * The server's codes, and the client's own: `disconnected` (the connection broke: whether the
 * command was done is unknown), `closed` (this client was closed) and `outbox` (the storage of
 * unsent messages failed).
 */
export type ChinwagErrorCode = ErrorCode | 'disconnected' | 'closed' | 'outbox';

interface Hints {
  readonly field?: string;
  readonly retryAfterMs?: number;
  readonly closeCode?: number;
  readonly cause?: unknown;
}

/** Whatever goes wrong, with a `code` for programs and a `message` for people. */
export class ChinwagError extends Error {
  readonly code: ChinwagErrorCode;
  /** The field of the command that was wrong. */
  readonly field: string | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What the socket was closed with, where that is what went wrong. */
  readonly closeCode: number | undefined;

  constructor(code: ChinwagErrorCode, message: string, hints: Hints = {}) {
    super(message, hints);
    this.name = 'ChinwagError';
    this.code = code;
    this.field = hints.field;
    this.retryAfterMs = hints.retryAfterMs;
    this.closeCode = hints.closeCode;
  }

  /** Whether the same command may well succeed later, as it stands. */
  get passing(): boolean {
    return this.code === 'unavailable' || this.code === 'rate_limited';
  }
}
