import type { Welcome } from '../protocol/replies.ts';
import type { ChinwagError } from './error.ts';

/** Signed in. What the server said in its welcome, and how far away it is. */
export interface Online extends Omit<Welcome, 'type' | 'ref'> {
  readonly status: 'online';
  /** The last measured way to the server and back, in milliseconds. */
  readonly roundTripMs: number;
}

/** Where the connection stands. `closed` is for good: the client does not come back from it. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | Online
  | {
      readonly status: 'waiting';
      /** When it connects again, in milliseconds since the Unix epoch, by the client's clock. */
      readonly retryAt: number;
      readonly why: ChinwagError;
    }
  | {
      readonly status: 'closed';
      /** `closed` where this client was closed by its owner; `closeCode` where the server did it. */
      readonly why: ChinwagError;
    };
