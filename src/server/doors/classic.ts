import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import {
  type CloseCode,
  checkCommand,
  closeCodes,
  Refusal,
  type ServerEvent,
  textFrame,
} from '../../protocol/index.ts';
import type { Hub } from '../hub.ts';
import { Outbox, type Turn } from '../outbox.ts';
import type { Batch, Parcel } from '../rooms/batch.ts';
import { type Line, Session } from '../session.ts';
import { bytesOf } from './bytes.ts';
import { classicFrame, decodeClassic } from './classic-frame.ts';
import { socketOptions } from './socket-options.ts';

/** The original demo's rhythm. */
const HEARTBEAT = { everyMs: 5_000, timeoutMs: 15_000 };

/**
 * The door for the original demo's clients, at `/classic?id=ann&room=general`. There is
 * no signing in: whoever comes as `ann` is ann, unless a person with a token holds the name.
 */
export class ClassicDoor {
  readonly #hub: Hub;
  readonly #turn: Turn;
  readonly #server: WebSocketServer;

  constructor(hub: Hub, turn: Turn) {
    this.#hub = hub;
    this.#turn = turn;
    this.#server = new WebSocketServer(socketOptions);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void {
    const name = query.get('id') ?? `guest${this.#hub.random.id('').slice(0, 9)}`;
    const room = query.get('room') ?? 'general';
    this.#server.handleUpgrade(request, socket, head, (peer) => {
      const connection = new ClassicConnection(this.#hub, this.#turn, peer, socket, room);
      void connection.enter(name);
    });
  }
}

class ClassicConnection implements Line {
  readonly #hub: Hub;
  readonly #peer: WebSocket;
  readonly #outbox: Outbox;
  readonly #session: Session;
  readonly #room: string;

  constructor(hub: Hub, turn: Turn, peer: WebSocket, socket: Duplex, room: string) {
    this.#hub = hub;
    this.#peer = peer;
    this.#session = new Session(hub, this, HEARTBEAT);
    this.#outbox = new Outbox(socket, turn, hub.wheel, this.#session);
    this.#room = room;
    peer.on('message', (data, isBinary) => this.#receive(data, isBinary));
    peer.on('ping', () => this.#session.heard());
    peer.on('pong', () => this.#session.heard());
    peer.on('close', () => this.#session.end('closed'));
    // A broken frame: `ws` closes with the code that says so.
    peer.on('error', () => {});
  }

  async enter(name: string): Promise<void> {
    this.#peer.pause();
    try {
      const { person } = await this.#hub.people.byNameAlone(name);
      this.#session.signIn(person, await this.#hub.storage.memberships(person));
      await this.#perform({ type: 'join', room: this.#room });
      this.#peer.resume();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.#session.fail(error);
        return;
      }
      this.#tell(error.message);
      this.#session.close(closeCodes.notSignedIn, 'not let in', 'closed');
    }
  }

  say(event: ServerEvent): void {
    const frame = classicFrame(event);
    if (frame !== undefined) this.#outbox.push(textFrame(frame));
  }

  beat(at: number): void {
    this.say({ type: 'heartbeat', at });
  }

  /** Everything but what this person said itself. */
  deliver(batch: Batch, skip: number, person: string): void {
    for (const parcel of batch.parcels.slice(skip)) {
      const { event } = parcel;
      if (event.type === 'message' && event.from.id === person) continue;
      const frame = frameOf(parcel);
      if (frame !== undefined) this.#outbox.push(frame);
    }
  }

  close(code: CloseCode, why: string): void {
    this.#outbox.flush();
    this.#outbox.close();
    this.#peer.close(code, why);
    this.#peer.resume();
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#session.heard();
    const said = isBinary
      ? ({ kind: 'refused', why: 'frames are text here' } as const)
      : decodeClassic(bytesOf(data));
    if (said.kind === 'refused') this.#tell(said.why);
    if (said.kind === 'said') {
      const command = { type: 'send', room: this.#room, text: said.text };
      this.#perform(command).catch((refusal: Error) => this.#tell(refusal.message));
    }
  }

  /** Throws the refusal where there is one. */
  async #perform(frame: Readonly<Record<string, unknown>>): Promise<void> {
    const decoded = checkCommand(frame);
    if (!decoded.ok) throw decoded.refusal;
    const answer = await this.#session.perform(decoded.command);
    if (answer instanceof Refusal) throw answer;
  }

  #tell(text: string): void {
    this.say({ type: 'notice', level: 'info', text, at: this.#hub.clock.wall() });
  }
}

/** Encoded once for all classic clients in a room. */
const frames = new WeakMap<Parcel, Uint8Array>();

function frameOf(parcel: Parcel): Uint8Array | undefined {
  const known = frames.get(parcel);
  if (known !== undefined) return known;
  const text = classicFrame(parcel.event);
  if (text === undefined) return undefined;
  const frame = textFrame(text);
  frames.set(parcel, frame);
  return frame;
}
