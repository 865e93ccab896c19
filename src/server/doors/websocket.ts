import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import {
  type CloseCode,
  decodeCommand,
  type ErrorFrame,
  framed,
  type Ref,
  Refusal,
  type ServerEvent,
  textFrame,
} from '../../protocol/index.ts';
import type { Answer } from '../commands.ts';
import type { Hub } from '../hub.ts';
import { Outbox, type Turn } from '../outbox.ts';
import type { Batch } from '../rooms/batch.ts';
import { type Line, Session } from '../session.ts';
import { bytesOf } from './bytes.ts';
import { Inbox, type Replies } from './inbox.ts';
import { socketOptions } from './socket-options.ts';

/** The subprotocol; a client that offers none speaks it too. */
const SUBPROTOCOL = 'chinwag.v1';

/** A socket that knows its connection, so that all sockets share the same listeners. */
class Peer extends WebSocket {
  connection: Connection | undefined;
}

/** The main door: chinwag's own protocol over WebSocket, at `/ws`. */
export class WebSocketDoor {
  readonly #hub: Hub;
  readonly #turn: Turn;
  readonly #server: WebSocketServer;

  constructor(hub: Hub, turn: Turn) {
    this.#hub = hub;
    this.#turn = turn;
    const options = {
      ...socketOptions,
      handleProtocols: (offered: Set<string>) => offered.has(SUBPROTOCOL) && SUBPROTOCOL,
      WebSocket: Peer,
    };
    this.#server = new WebSocketServer(options);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (peer) => {
      if (!(peer instanceof Peer)) throw new TypeError('ws made a socket of another class');
      this.#hub.reception.knock();
      peer.connection = new Connection(this.#hub, this.#turn, peer, socket);
      peer.on('message', onMessage);
      peer.on('ping', onLife);
      peer.on('pong', onLife);
      peer.on('close', onClose);
      peer.on('error', onError);
    });
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (this instanceof Peer) this.connection?.receive(data, isBinary);
}

/** Any frame proves life, those of the WebSocket itself too. */
function onLife(this: WebSocket): void {
  if (this instanceof Peer) this.connection?.alive();
}

function onClose(this: WebSocket): void {
  if (this instanceof Peer) this.connection?.gone();
}

/** A broken frame: `ws` closes with the code that says so, and then `close` comes. */
function onError(): void {}

/**
 * One socket. Reading goes through `ws`; writing goes past it, straight to the socket
 * that the upgrade handed over, so that one encoded frame serves everyone. That is safe
 * because compression is off and every write is of whole frames.
 */
class Connection implements Line, Replies {
  readonly #peer: Peer;
  readonly #outbox: Outbox;
  readonly #session: Session;
  readonly #inbox: Inbox;

  constructor(hub: Hub, turn: Turn, peer: Peer, socket: Duplex) {
    this.#peer = peer;
    this.#session = new Session(hub, this);
    this.#outbox = new Outbox(socket, turn, hub.wheel, this.#session);
    this.#inbox = new Inbox(this.#session, this);
  }

  receive(data: RawData, isBinary: boolean): void {
    if (!this.#session.isOpen) return;
    this.#inbox.take(isBinary ? binaryRefused : decodeCommand(bytesOf(data)));
  }

  alive(): void {
    this.#session.heard();
  }

  gone(): void {
    this.#outbox.close();
    this.#session.end('closed');
  }

  say(event: ServerEvent): void {
    this.#outbox.push(textFrame(JSON.stringify(event)));
  }

  answer({ reply, events, next }: Answer, ref: Ref | undefined): void {
    const json = JSON.stringify(ref === undefined ? reply : { ...reply, ref });
    this.#outbox.push(events === undefined ? textFrame(json) : withEvents(json, events));
    for (const event of next ?? []) this.#outbox.push(framed([event]));
  }

  refuse(error: ErrorFrame): void {
    this.#outbox.push(textFrame(JSON.stringify(error)));
  }

  beat(at: number): void {
    this.#outbox.share(heartbeatAt(at));
  }

  deliver(batch: Batch, skip: number, person: string): void {
    this.#outbox.share(batch.bytesFor(person, skip));
  }

  hold(on: boolean): void {
    if (on) this.#peer.pause();
    else this.#peer.resume();
  }

  caughtUp(): Promise<void> | undefined {
    return this.#outbox.caughtUp();
  }

  broken(error: unknown): void {
    this.#session.fail(error);
  }

  close(code: CloseCode, why: string): void {
    this.#outbox.flush();
    this.#outbox.close();
    this.#peer.close(code, why);
    // A paused socket would never read the peer's goodbye.
    this.#peer.resume();
  }
}

const binaryRefused = {
  ok: false,
  refusal: new Refusal('bad_frame', 'frames are text here; send JSON in a text frame'),
} as const;

let heartbeat = { at: Number.NaN, frame: Buffer.alloc(0) };

/** One frame for all who get a heartbeat in the same millisecond. */
function heartbeatAt(at: number): Buffer {
  if (heartbeat.at !== at) {
    heartbeat = { at, frame: Buffer.from(textFrame(JSON.stringify({ type: 'heartbeat', at }))) };
  }
  return heartbeat.frame;
}

const comma = new TextEncoder().encode(',');
const end = new TextEncoder().encode(']}');

/** The reply with `events` as its last field, put together from what is encoded already. */
function withEvents(json: string, events: readonly Uint8Array[]): Uint8Array {
  const start = new TextEncoder().encode(`${json.slice(0, -1)},"events":[`);
  const list = events.flatMap((event, n) => (n === 0 ? [event] : [comma, event]));
  return framed([start, ...list, end]);
}
