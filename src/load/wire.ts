import net from 'node:net';
import tls from 'node:tls';

/** One byte stream to a server. */
export type Wire = {
  write(bytes: Uint8Array | string): void;
  /** Leaves what comes in the kernel until `resume`; what was read before is still told. */
  pause(): void;
  resume(): void;
  /** Closes as soon as all that was written is out. */
  end(): void;
  /** Closes at once: nothing more is told than that. */
  cut(): void;
};

/** What a wire tells, never before it was returned. */
export type WireEvents = {
  /** What was read, and when, as `performance.now()` has it. It is only lent for the time of the call. */
  bytes(chunk: Buffer, from: number, to: number, readAt: number): void;
  /** Once and last, whoever closed it; `why` where it broke. */
  closed(why: string | undefined): void;
};

export type Address = { readonly host: string; readonly port: number; readonly tls: boolean };

export type Dial = (address: Address, events: WireEvents) => Wire;

const READ_BYTES = 65_536;

/**
 * Every wire reads into this one buffer: reading is synchronous on POSIX.
 * Windows reads ahead into it, so there each read gets its own.
 */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);
const readBuffer = process.platform === 'win32' ? () => Buffer.allocUnsafe(READ_BYTES) : shared;

/** Dials with Node's own sockets. */
export function dial({ host, port, tls: secure }: Address, events: WireEvents): Wire {
  const socket = secure
    ? tls.connect({ host, port, servername: net.isIP(host) === 0 ? host : '' })
    : net.connect({ host, port, onread: { buffer: readBuffer, callback: lent } });
  if (secure) socket.on('data', (chunk: Buffer) => lent(chunk.length, chunk));
  let why: string | undefined;
  socket.setNoDelay(true);
  socket.on('error', ({ message }) => {
    why = message;
  });
  socket.on('close', () => events.closed(why));
  return {
    write: (bytes) => void socket.write(bytes),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end: () => socket.destroySoon(),
    cut: () => void socket.destroy(),
  };

  function lent(length: number, chunk: Uint8Array): boolean {
    if (!Buffer.isBuffer(chunk))
      throw new TypeError('bytes came in something else than the buffer');
    events.bytes(chunk, 0, length, performance.now());
    return true;
  }
}
