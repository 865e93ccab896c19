import { closeCodes, mayReconnect } from '../protocol/close.ts';
import type { CommandType } from '../protocol/commands.ts';
import type { ServerEvent } from '../protocol/events.ts';
import type { ErrorFrame, Welcome } from '../protocol/replies.ts';
import { backoffMs, STEADY_MS } from './backoff.ts';
import type { Clock } from './clock.ts';
import { ChinwagError, type ChinwagErrorCode } from './error.ts';
import type { RequestOf } from './frame.ts';
import type { Random } from './random.ts';
import type { ConnectionState, Online } from './state.ts';
import { type Store, View } from './store.ts';
import type { Transport } from './transport.ts';
import { type Answer, Wire } from './wire.ts';

/** How long a peer may take to prove it is there when the caller has reason to doubt it. */
const PROBE_MS = 5_000;

export interface Credentials {
  readonly name?: string | undefined;
  readonly token?: string | undefined;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: Transport;
}

export interface ConnectionEvents {
  online(): void;
  offline(): void;
  event(event: ServerEvent): void;
  /** For good. */
  ended(why: ChinwagError): void;
}

/** Keeps one signed-in wire to the server, coming back after every break that is not final. */
export class Connection {
  readonly state: Store<ConnectionState>;
  readonly #options: ConnectionOptions;
  readonly #on: ConnectionEvents;
  readonly #view = new View<ConnectionState>(() => this.#state);
  #state: ConnectionState = { status: 'connecting' };
  #credentials: Credentials;
  #wire: Wire | undefined;
  #cancelWait: () => void = () => {};
  #attempts = 0;
  #onlineSince: number | undefined;
  /** The server asked not to be bothered before this time. */
  #notBefore = 0;

  constructor(options: ConnectionOptions, on: ConnectionEvents) {
    this.#options = options;
    this.#credentials = options.credentials;
    this.#on = on;
    this.state = this.#view;
  }

  get online(): Online | undefined {
    return this.#state.status === 'online' ? this.#state : undefined;
  }

  /** Why it ended for good, where it did. */
  get ended(): ChinwagError | undefined {
    return this.#state.status === 'closed' ? this.#state.why : undefined;
  }

  ask<T extends CommandType>(command: RequestOf<T>, done: (answer: Answer<T>) => void): void {
    if (this.online !== undefined && this.#wire !== undefined) this.#wire.ask(command, done);
    else done(this.#absent());
  }

  tell<T extends CommandType>(command: RequestOf<T>): void {
    if (this.online !== undefined) this.#wire?.tell(command);
  }

  /** Connects at once where it was waiting, or makes sure that the peer is still there. */
  wake(): void {
    if (this.online !== undefined) this.#wire?.probe(PROBE_MS);
    if (this.#state.status !== 'waiting') return;
    this.#cancelWait();
    const left = this.#notBefore - this.#options.clock.now();
    if (left <= 0) this.connect();
    else this.#waitFor(left, this.#state.why);
  }

  /** Ends it for good; a second end changes nothing. */
  close(why: ChinwagError): void {
    if (this.#state.status === 'closed') return;
    this.#cancelWait();
    this.#onlineSince = undefined;
    this.#set({ status: 'closed', why });
    const wire = this.#wire;
    this.#wire = undefined;
    wire?.close(closeCodes.normal, 'bye');
    this.#on.ended(why);
  }

  connect(): void {
    const { transport, url, clock } = this.#options;
    this.#set({ status: 'connecting' });
    const wire = new Wire(transport, url, clock, {
      opened: () => {
        const asked = clock.now();
        const { name, token } = this.#credentials;
        const who = token === undefined ? { ...(name === undefined ? {} : { name }) } : { token };
        wire.ask({ type: 'hello', ...who }, (answer) => {
          if (answer instanceof ChinwagError) this.#notWelcome(wire, answer);
          else this.#welcome(wire, answer, clock.now() - asked);
        });
      },
      event: (event) => {
        if (event.type === 'notice') this.#heed(event);
        this.#on.event(event);
      },
      error: (frame) => this.#heed(frame),
      roundTrip: (roundTripMs) => {
        if (this.online !== undefined) this.#set({ ...this.online, roundTripMs });
      },
      closed: (code, reason) => {
        if (this.#wire === wire) this.#broken(code, reason);
      },
    });
    this.#wire = wire;
  }

  #welcome(wire: Wire, welcome: Welcome, roundTripMs: number): void {
    const { type: _type, ref: _ref, ...facts } = welcome;
    const token = welcome.token ?? this.#credentials.token;
    if (token !== undefined) this.#credentials = { token };
    this.#onlineSince = this.#options.clock.now();
    this.#notBefore = 0;
    wire.patience = welcome.heartbeat.timeoutMs;
    const known = token === undefined ? {} : { token };
    this.#set({ status: 'online', ...facts, ...known, roundTripMs });
    // Whoever watches the state may have closed the client just now.
    if (this.online !== undefined) this.#on.online();
  }

  #notWelcome(wire: Wire, error: ChinwagError): void {
    if (error.code === 'disconnected') return;
    if (!error.passing && error.code !== 'internal') {
      this.close(error);
      return;
    }
    this.#wire = undefined;
    wire.close(closeCodes.normal, 'not now');
    this.#wait(error);
  }

  #broken(code: number, reason: string): void {
    this.#wire = undefined;
    const said = reason === '' ? `code ${code}` : `${reason}, code ${code}`;
    if (!mayReconnect(code)) {
      const message = `the server closed the connection for good (${said}); sign in again`;
      this.close(new ChinwagError(finalCode(code), message, { closeCode: code }));
      return;
    }
    const message = `the connection broke (${said}); it comes back by itself`;
    this.#wait(new ChinwagError('disconnected', message, { closeCode: code }));
  }

  #wait(why: ChinwagError): void {
    const { clock, random } = this.#options;
    const now = clock.now();
    const since = this.#onlineSince;
    this.#onlineSince = undefined;
    if (since !== undefined && now - since >= STEADY_MS) this.#attempts = 0;
    const ms = backoffMs(this.#attempts, random, this.#notBefore - now);
    this.#attempts += 1;
    this.#waitFor(ms, why);
    if (since !== undefined) this.#on.offline();
  }

  #waitFor(ms: number, why: ChinwagError): void {
    const { clock } = this.#options;
    this.#cancelWait = clock.after(ms, () => this.connect());
    this.#set({ status: 'waiting', retryAt: clock.now() + ms, why });
  }

  #heed({ retryAfterMs }: Pick<ErrorFrame, 'retryAfterMs'>): void {
    if (retryAfterMs === undefined) return;
    const until = this.#options.clock.now() + retryAfterMs;
    this.#notBefore = Math.max(this.#notBefore, until);
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#view.changed();
  }

  #absent(): ChinwagError {
    if (this.ended !== undefined) return this.ended;
    return new ChinwagError('disconnected', 'not connected to the server; try again when online');
  }
}

function finalCode(closeCode: number): ChinwagErrorCode {
  if (closeCode === closeCodes.badFrames) return 'bad_frame';
  return closeCode === closeCodes.notSignedIn ? 'not_authenticated' : 'forbidden';
}
