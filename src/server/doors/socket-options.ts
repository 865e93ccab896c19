import { limits } from '../../protocol/index.ts';

/** How every door's WebSockets are: bounded, and uncompressed, so that frames may be written past `ws`. */
export const socketOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: limits.frameBytes,
  /** A message may come in so many pieces. */
  maxFragments: 64,
  /** How long a closed socket may take to say goodbye, in milliseconds. */
  closeTimeout: 2_000,
} as const;
