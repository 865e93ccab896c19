import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import { closeCodes } from '../protocol/index.ts';
import type { Session } from './session.ts';
import type { Spoke, Wheel } from './wheel.ts';

/** What may wait for one reader before it is cut off. */
const BACKLOG_BYTES = 1_048_576;
/** How long a reader may leave what waits for it untouched. */
const STUCK_MS = 10_000;
/** How often it is looked whether a reader takes what waits for it. */
const LOOK_MS = 2_500;
/** An answer larger than this does not count as backlog: the reader asked for it. */
const LARGE_ANSWER = 65_536;

/** Who is told when its reader is too slow. */
export type SlowReader = Pick<Session, 'close'>;

/**
 * What goes to one socket. Everything of one turn of the event loop leaves in one
 * write. What waits for a slow reader is bounded: over the bound, or untouched for too
 * long, the reader is cut off and nothing is written any more.
 */
export class Outbox implements Spoke {
  readonly #socket: Duplex;
  readonly #turn: Turn;
  readonly #wheel: Wheel;
  readonly #reader: SlowReader;
  #queue: Uint8Array[] = [];
  #open = true;
  /** Bytes of the large answer that may still be under way. */
  #allowance = 0;
  #written = 0;
  /** While something waits: what the reader had taken at the last look, and since when. */
  #watch: { taken: number; since: number } | undefined;

  constructor(socket: Duplex, turn: Turn, wheel: Wheel, reader: SlowReader) {
    this.#socket = socket;
    this.#turn = turn;
    this.#wheel = wheel;
    this.#reader = reader;
  }

  /** Queues a frame until the end of this turn. */
  push(frame: Uint8Array): void {
    this.#forgive();
    if (frame.length > LARGE_ANSWER) this.#allowance = Math.max(this.#allowance, frame.length);
    this.#enqueue(frame);
  }

  /** Writes at once what many sockets share, unless something of its own goes first. */
  share(frames: Buffer): void {
    this.#forgive();
    if (this.#queue.length > 0) this.#enqueue(frames);
    else this.#write(frames);
  }

  flush(): void {
    const [only] = this.#queue;
    if (only === undefined) return;
    const bytes = this.#queue.length === 1 ? only : Buffer.concat(this.#queue);
    this.#queue = [];
    this.#write(bytes);
  }

  /**
   * Undefined where the reader keeps up, else a promise that it has taken everything, or is
   * gone: until then it is asked nothing new, so that answers do not pile up for it.
   */
  caughtUp(): Promise<void> | undefined {
    const queued = this.#queue.reduce((sum, { length }) => sum + length, 0);
    if (queued + this.#socket.writableLength <= BACKLOG_BYTES) return undefined;
    this.flush();
    if (this.#socket.writableLength === 0 || this.#socket.destroyed) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }

  /** Nothing is written after this, what was queued neither. */
  close(): void {
    this.#open = false;
    this.#queue = [];
  }

  /** The wheel's: looks after what waits, as long as something does. */
  turn(now: number): number | undefined {
    const waiting = this.#socket.writableLength;
    if (!this.#open || this.#watch === undefined || waiting === 0) {
      this.#watch = undefined;
      return undefined;
    }
    const taken = this.#written - waiting;
    if (taken > this.#watch.taken) {
      this.#watch = { taken, since: now };
    } else if (now - this.#watch.since >= STUCK_MS) {
      this.#stop();
      return undefined;
    }
    return LOOK_MS;
  }

  #enqueue(frame: Uint8Array): void {
    if (!this.#open) return;
    if (this.#queue.length === 0) this.#turn.add(this);
    this.#queue.push(frame);
  }

  /** A reader that has taken its large answer has no more allowance for it. */
  #forgive(): void {
    if (this.#queue.length === 0 && this.#socket.writableLength === 0) this.#allowance = 0;
  }

  #write(bytes: Uint8Array): void {
    if (!this.#open || !this.#socket.writable) return;
    const waiting = this.#socket.writableLength;
    if (waiting > BACKLOG_BYTES + this.#allowance) {
      this.#stop();
      return;
    }
    this.#written += bytes.length;
    this.#socket.write(bytes);
    if (this.#watch === undefined && this.#socket.writableLength > 0) this.#watchOver();
  }

  #watchOver(): void {
    const taken = this.#written - this.#socket.writableLength;
    this.#watch = { taken, since: this.#wheel.now };
    this.#wheel.add(this, LOOK_MS);
  }

  #stop(): void {
    if (!this.#open) return;
    this.close();
    const why = 'reading too slowly; come back and catch up';
    this.#reader.close(closeCodes.timeout, why, 'slow');
  }
}

/** The outboxes that have something to say at the end of this turn of the event loop. */
export class Turn {
  #outboxes: Outbox[] = [];

  add(outbox: Outbox): void {
    if (this.#outboxes.length === 0) setImmediate(() => this.flush());
    this.#outboxes.push(outbox);
  }

  flush(): void {
    const due = this.#outboxes;
    this.#outboxes = [];
    for (const outbox of due) outbox.flush();
  }
}
