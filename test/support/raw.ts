import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { within } from './within.ts';

const MASK = [1, 2, 3, 4] as const;

/**
 * A bare TCP connection to a server: for peers that behave as no WebSocket library
 * would. It never closes its side by itself, and ends with the test at the latest.
 */
export class RawPeer {
  readonly socket: Socket;
  /** Resolves when the server has closed both directions, not its own alone. */
  readonly closed: Promise<void>;
  #received = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      this.#received += bytes.toString('latin1');
    });
    socket.on('end', () => probe(socket));
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()));
  }

  static async connect(test: TestContext, url: string): Promise<RawPeer> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const peer = new RawPeer(socket);
    test.after(() => socket.destroy());
    await within(once(socket, 'connect'), 'a TCP connection');
    return peer;
  }

  /** The same, upgraded to a WebSocket at the main door. */
  static async upgrade(test: TestContext, url: string): Promise<RawPeer> {
    const peer = await RawPeer.connect(test, url);
    peer.socket.write(upgradeRequest('/ws'));
    await peer.saw('\r\n\r\n');
    return peer;
  }

  /** Everything that has come so far, a character for each byte. */
  get received(): string {
    return this.#received;
  }

  /** Sends a command in a frame of its own. */
  send(command: object): void {
    this.socket.write(frameOf(JSON.stringify(command)));
  }

  /** Resolves once `text` has come. */
  async saw(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this.#received.includes(text)) resolve();
    };
    this.socket.on('data', look);
    look();
    await within(promise, `the peer to see ${JSON.stringify(text)}`);
  }
}

/** Writes until the answer is that nobody is there to read. */
function probe(socket: Socket): void {
  const timer = setInterval(() => socket.write('?'), 50);
  socket.on('close', () => clearInterval(timer));
}

export function upgradeRequest(path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    'Host: chinwag',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGVzdGluZyBjaGlud2FnIQ==',
    '\r\n',
  ].join('\r\n');
}

/** A client's frame (RFC 6455 §5.2) of up to 65,535 bytes; the opcode says what it is a part of. */
export function frameOf(text: string, { opcode = 1, final = true } = {}): Buffer {
  const payload = Buffer.from(text);
  const length =
    payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  const [first = 0, ...rest] = length;
  const header = [(final ? 0x80 : 0) | opcode, 0x80 | first, ...rest, ...MASK];
  const masked = payload.map((byte, n) => byte ^ (MASK[n % 4] ?? 0));
  return Buffer.concat([Buffer.from(header), masked]);
}
