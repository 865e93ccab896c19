import { createHash, randomBytes } from 'node:crypto';
import { maskedFrame, opcodes } from './mask.ts';
import { FrameScanner } from './scanner.ts';
import type { Target } from './target.ts';
import type { Wire } from './wire.ts';

/** What a connection tells its owner. Bytes are only lent for the time of the call. */
export type Listener = {
  /** The server has agreed to speak WebSocket. */
  opened(): void;
  /** Answers where the frames end that lie at `at` and are known already, or `at`. */
  known(bytes: Buffer, at: number, to: number): number;
  /** A frame that begins at `at`, with its text from `start` to `end`. */
  text(bytes: Buffer, at: number, start: number, end: number): void;
  /** Every frame of what was read at once has been handed over. */
  read(): void;
  /** Once, opened or not; `code` is the WebSocket close code, 1006 when none came. */
  closed(code: number, why: string): void;
};

const ACCEPT_SALT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const HEAD_LIMIT = 16_384;
const ABNORMAL = 1006;

/** One WebSocket to the server, on a bare wire: no parsing, no events and no buffers a frame. */
export class Connection {
  /** When the bytes now being handed over were read, on the clock of `performance.now()`. */
  readAt = 0;
  /** When the server agreed to speak WebSocket, on the same clock. */
  openedAt = 0;
  readonly #wire: Wire;
  readonly #listener: Listener;
  readonly #mask = randomBytes(4);
  readonly #scanner = new FrameScanner({
    known: (bytes, at, to) => this.#listener.known(bytes, at, to),
    frame: (opcode, bytes, at, start, end) => this.#frame(opcode, bytes, at, start, end),
  });
  readonly #accept: string;
  #head = '';
  #discards = false;
  #open = false;
  #code = ABNORMAL;
  #why = 'the server closed the connection';

  constructor(target: Target, path: string, subprotocol: string | undefined, listener: Listener) {
    this.#listener = listener;
    const key = randomBytes(16).toString('base64');
    this.#accept = createHash('sha1').update(`${key}${ACCEPT_SALT}`).digest('base64');
    this.#wire = target.dial(target, {
      bytes: (chunk, from, to, readAt) => this.#bytes(chunk, from, to, readAt),
      closed: (why) => listener.closed(this.#code, why ?? this.#why),
    });
    this.#wire.write(upgradeRequest(target, path, key, subprotocol));
  }

  send(...texts: string[]): void {
    const frames = texts.map((text) => maskedFrame(opcodes.text, Buffer.from(text), this.#mask));
    this.#wire.write(frames.length === 1 ? (frames[0] ?? '') : Buffer.concat(frames));
  }

  /** Leaves what the server sends in the kernel, as a reader does that has stopped reading. */
  stopReading(): void {
    this.#wire.pause();
  }

  /** Reads on and looks at nothing of it, only to learn whether the server is still there. */
  discard(): void {
    this.#discards = true;
    this.#wire.resume();
  }

  /** Says goodbye where the server would understand it. */
  close(): void {
    if (!this.#open) {
      this.cut();
      return;
    }
    this.#wire.write(maskedFrame(opcodes.close, Buffer.from([0x03, 0xe8]), this.#mask));
    this.#wire.end();
  }

  /** Gone without a word. */
  cut(): void {
    this.#wire.cut();
  }

  #bytes(chunk: Buffer, from: number, to: number, readAt: number): void {
    if (this.#discards) return;
    this.readAt = readAt;
    try {
      if (this.#open) this.#scanner.push(chunk, from, to);
      else this.#handshake(chunk, from, to);
    } catch (error) {
      this.#why = error instanceof Error ? error.message : String(error);
      this.#wire.cut();
    }
    this.#listener.read();
  }

  #handshake(chunk: Buffer, from: number, to: number): void {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1', from, to);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end === -1) {
      if (this.#head.length > HEAD_LIMIT) throw new Error('the answer to the upgrade has no end');
      return;
    }
    const head = this.#head.slice(0, end);
    this.#head = '';
    if (!/^HTTP\/1\.1 101 /.test(head)) {
      throw new Error(`the server refused the WebSocket: ${head.split('\r\n')[0]}`);
    }
    if (!head.includes(this.#accept)) throw new Error('the server’s Sec-WebSocket-Accept is wrong');
    this.#open = true;
    this.openedAt = this.readAt;
    this.#listener.opened();
    this.#scanner.push(chunk, from + end + 4 - before, to);
  }

  #frame(opcode: number, bytes: Buffer, at: number, start: number, end: number): void {
    if (opcode === opcodes.text) {
      this.#listener.text(bytes, at, start, end);
    } else if (opcode === opcodes.ping) {
      this.#wire.write(maskedFrame(opcodes.pong, bytes.subarray(start, end), this.#mask));
    } else if (opcode === opcodes.close) {
      if (end - start >= 2) this.#code = bytes.readUInt16BE(start);
      this.#why = bytes.toString('utf8', Math.min(end, start + 2), end) || 'closed by the server';
      this.close();
    }
  }
}

function upgradeRequest(target: Target, path: string, key: string, subprotocol?: string): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${target.authority}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
  ];
  if (subprotocol !== undefined) lines.push(`Sec-WebSocket-Protocol: ${subprotocol}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
