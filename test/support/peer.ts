import { once } from 'node:events';
import { WebSocket } from 'ws';
import { within } from './within.ts';

/** A frame from the server, as loosely as a test likes to look at it. */
export type Frame = { readonly type: string; readonly [field: string]: unknown };

type Waiter = { readonly wanted: (frame: Frame) => boolean; readonly take: (frame: Frame) => void };

/** A client that is nothing but a WebSocket: what a test says is what goes over the wire. */
export class Peer {
  readonly socket: WebSocket;
  /** Everything that has come, in order. */
  readonly frames: Frame[] = [];
  /** Resolves when the socket has closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #waiters = new Set<Waiter>();
  #read = 0;
  #ref = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.on('error', () => {});
    socket.on('message', (data) => this.#arrived(JSON.parse(String(data))));
  }

  /** Opens a socket to the server at `url`, by default at its main door. */
  static async open(url: string, path = '/ws'): Promise<Peer> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
    const peer = new Peer(socket);
    await within(once(socket, 'open'), 'the socket to open');
    return peer;
  }

  /** Opens a socket and signs in as a new guest. */
  static async guest(url: string, name: string): Promise<Peer & { readonly welcome: Frame }> {
    const peer = await Peer.open(url);
    return Object.assign(peer, { welcome: await peer.ask({ type: 'hello', name }) });
  }

  /** The same, and joins a room. */
  static async member(url: string, name: string, room = 'general') {
    const peer = await Peer.guest(url, name);
    return Object.assign(peer, { joined: await peer.ask({ type: 'join', room }) });
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Sends a command with a `ref` of its own and resolves with the one reply to it. */
  ask(command: object): Promise<Frame> {
    this.#ref += 1;
    const ref = `ask-${this.#ref}`;
    const reply = this.seen((frame) => frame.ref === ref);
    this.send({ ...command, ref });
    return reply;
  }

  /** The next frame of this type that was not read yet; those before it are passed over. */
  async next(type: string): Promise<Frame> {
    const start = this.#read;
    const known = this.frames.slice(start).find((frame) => frame.type === type);
    const frame = known ?? (await this.#arrival((candidate) => candidate.type === type, type));
    this.#read = this.frames.lastIndexOf(frame) + 1;
    return frame;
  }

  /** The first frame of all that have come or will come that is wanted. */
  async seen(wanted: (frame: Frame) => boolean): Promise<Frame> {
    const found = this.frames.find(wanted);
    return found ?? this.#arrival(wanted, 'a frame');
  }

  /** All frames of one type that have come so far. */
  all(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** Resolves once everything that the server said before now has come. */
  async settled(): Promise<void> {
    await this.ask({ type: 'heartbeat' });
  }

  /** Vanishes without a word. */
  vanish(): void {
    this.socket.terminate();
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #arrived(frame: Frame): void {
    this.frames.push(frame);
    for (const waiter of this.#waiters) if (waiter.wanted(frame)) waiter.take(frame);
  }

  #arrival(wanted: (frame: Frame) => boolean, what: string): Promise<Frame> {
    const { promise, resolve } = Promise.withResolvers<Frame>();
    const waiter = {
      wanted,
      take: (frame: Frame) => {
        this.#waiters.delete(waiter);
        resolve(frame);
      },
    };
    this.#waiters.add(waiter);
    return within(promise, what);
  }
}
