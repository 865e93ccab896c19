import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { maskedFrame, opcodes } from './mask.ts';
import { FrameScanner } from './scanner.ts';
import type { Target } from './target.ts';

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
const READ_BYTES = 65_536;
const HEAD_LIMIT = 16_384;
const ABNORMAL = 1006;

/**
 * Every connection reads into this one buffer: reading is synchronous on POSIX.
 * Windows reads ahead into it, so there each read gets its own.
 */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);
const readBuffer = process.platform === 'win32' ? () => Buffer.allocUnsafe(READ_BYTES) : shared;

/** One WebSocket to the server, on a raw socket: no parsing, no events and no buffers a frame. */
export class Connection {
  /** When the bytes now being handed over were read, on the clock of `performance.now()`. */
  readAt = 0;
  /** When the server agreed to speak WebSocket, on the same clock. */
  openedAt = 0;
  readonly #socket: net.Socket;
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
    const { host, port } = target;
    if (target.tls) {
      this.#socket = tls.connect({ host, port, servername: net.isIP(host) === 0 ? host : '' });
      this.#socket.on('data', (chunk: Buffer) => this.#bytes(chunk, chunk.length));
    } else {
      const callback = (length: number, chunk: Uint8Array) => {
        this.#bytes(Buffer.from(chunk.buffer, chunk.byteOffset, length), length);
        return true;
      };
      this.#socket = net.connect({ host, port, onread: { buffer: readBuffer, callback } });
    }
    this.#socket.setNoDelay(true);
    this.#socket.on('error', (error) => {
      this.#why = error.message;
    });
    this.#socket.on('close', () => listener.closed(this.#code, this.#why));
    this.#socket.write(upgradeRequest(target, path, key, subprotocol));
  }

  send(...texts: string[]): void {
    const frames = texts.map((text) => maskedFrame(opcodes.text, Buffer.from(text), this.#mask));
    this.#socket.write(frames.length === 1 ? (frames[0] ?? '') : Buffer.concat(frames));
  }

  /** Leaves what the server sends in the kernel, as a reader does that has stopped reading. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Reads on and looks at nothing of it, only to learn whether the server is still there. */
  discard(): void {
    this.#discards = true;
    this.#socket.resume();
  }

  /** Says goodbye where the server would understand it. */
  close(): void {
    if (!this.#open) {
      this.cut();
      return;
    }
    this.#socket.write(maskedFrame(opcodes.close, Buffer.from([0x03, 0xe8]), this.#mask));
    this.#socket.destroySoon();
  }

  /** Gone without a word. */
  cut(): void {
    this.#socket.destroy();
  }

  #bytes(chunk: Buffer, length: number): void {
    if (this.#discards) return;
    this.readAt = performance.now();
    try {
      if (this.#open) this.#scanner.push(chunk, 0, length);
      else this.#handshake(chunk, length);
    } catch (error) {
      this.#why = error instanceof Error ? error.message : String(error);
      this.#socket.destroy();
    }
    this.#listener.read();
  }

  #handshake(chunk: Buffer, length: number): void {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1', 0, length);
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
    this.#scanner.push(chunk, end + 4 - before, length);
  }

  #frame(opcode: number, bytes: Buffer, at: number, start: number, end: number): void {
    if (opcode === opcodes.text) {
      this.#listener.text(bytes, at, start, end);
    } else if (opcode === opcodes.ping) {
      this.#socket.write(maskedFrame(opcodes.pong, bytes.subarray(start, end), this.#mask));
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
