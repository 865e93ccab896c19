import { closeCodes } from '../protocol/close.ts';
import type { CommandType } from '../protocol/commands.ts';
import type { ServerEvent } from '../protocol/events.ts';
import { limits } from '../protocol/limits.ts';
import type { ErrorFrame, ReplyOf } from '../protocol/replies.ts';
import type { Clock } from './clock.ts';
import { ChinwagError } from './error.ts';
import { answers, decodeFrame, isReply, type RequestOf, type ServerFrame } from './frame.ts';
import type { Socket, Transport } from './transport.ts';

const SUBPROTOCOL = 'chinwag.v1';

export type Answer<T extends CommandType> = ReplyOf<T> | ChinwagError;

export interface WireEvents {
  opened(): void;
  event(event: ServerEvent): void;
  /** The server's error to no command in particular, or one that asks to wait. */
  error(frame: ErrorFrame): void;
  roundTrip(ms: number): void;
  /** Once, and last. */
  closed(code: number, reason: string): void;
}

interface Ask {
  readonly at: number;
  readonly settle: (outcome: ServerFrame | ChinwagError) => void;
}

/**
 * One socket from its opening to its end: commands and their answers, heartbeats, silence.
 * A peer that says nothing, or leaves a command unanswered, for `patience` milliseconds is
 * gone, whatever the network says.
 */
export class Wire {
  readonly #clock: Clock;
  readonly #on: WireEvents;
  readonly #socket: Socket;
  /** In the order they were sent. */
  readonly #asks = new Map<number, Ask>();
  #refs = 0;
  #heard: number;
  #patience: number = limits.helloMs;
  #cancelWatch: () => void;
  #closed = false;

  constructor(transport: Transport, url: string, clock: Clock, on: WireEvents) {
    this.#clock = clock;
    this.#on = on;
    this.#heard = clock.now();
    this.#cancelWatch = clock.after(this.#patience, () => this.#watch());
    this.#socket = transport(url, SUBPROTOCOL, {
      opened: () => {
        if (!this.#closed) on.opened();
      },
      received: (text) => {
        if (!this.#closed) this.#receive(text);
      },
      closed: (code, reason) => this.#end(code, reason),
    });
  }

  /** How long the peer may be silent from now on, in milliseconds. */
  set patience(ms: number) {
    this.#patience = ms;
    this.#cancelWatch();
    this.#watch();
  }

  /** Sends a command; `done` is called exactly once, at the answer or at the end of the socket. */
  ask<T extends CommandType>(command: RequestOf<T>, done: (answer: Answer<T>) => void): void {
    const { type } = command;
    this.#refs += 1;
    const settle = (outcome: ServerFrame | ChinwagError) => {
      if (outcome instanceof ChinwagError) done(outcome);
      else if (outcome.type === 'error') {
        done(new ChinwagError(outcome.code, outcome.message, outcome));
      } else if (answers(type, outcome)) done(outcome);
      else done(new ChinwagError('internal', `the server answered ${type} with ${outcome.type}`));
    };
    this.#asks.set(this.#refs, { at: this.#clock.now(), settle });
    this.#socket.send(JSON.stringify({ ...command, ref: this.#refs }));
  }

  /** Sends a command that nobody waits for. */
  tell<T extends CommandType>(command: RequestOf<T>): void {
    this.#socket.send(JSON.stringify(command));
  }

  /** Asks the peer for a sign of life within `ms` milliseconds. */
  probe(ms: number): void {
    const asked = this.#clock.now();
    this.#beat();
    this.#clock.after(ms, () => {
      if (this.#heard <= asked) this.close(closeCodes.timeout, 'nothing heard');
    });
  }

  /** Ends it now: a network that is gone may not say so for minutes. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#socket.close(code, reason);
    this.#end(code, reason);
  }

  #receive(text: string): void {
    this.#heard = this.#clock.now();
    const frame = decodeFrame(text);
    if (frame === undefined) {
      this.close(closeCodes.normal, 'that was no frame');
      return;
    }
    if (!isReply(frame)) {
      if (frame.type === 'heartbeat') this.#beat();
      else this.#on.event(frame);
      return;
    }
    if (frame.type === 'error') this.#on.error(frame);
    const ask = typeof frame.ref === 'number' ? this.#asks.get(frame.ref) : undefined;
    if (ask === undefined || typeof frame.ref !== 'number') return;
    this.#asks.delete(frame.ref);
    ask.settle(frame);
  }

  /** Answers a heartbeat with a question, which measures the way there and back. */
  #beat(): void {
    const asked = this.#clock.now();
    this.ask({ type: 'heartbeat' }, (answer) => {
      if (!(answer instanceof ChinwagError)) this.#on.roundTrip(this.#clock.now() - asked);
    });
  }

  #watch(): void {
    if (this.#closed) return;
    const [oldest] = this.#asks.values();
    const waiting = Math.min(this.#heard, oldest?.at ?? this.#heard);
    const left = waiting + this.#patience - this.#clock.now();
    if (left <= 0) this.close(closeCodes.timeout, 'nothing heard');
    else this.#cancelWatch = this.#clock.after(left, () => this.#watch());
  }

  #end(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelWatch();
    this.#on.closed(code, reason);
    const broken = new ChinwagError(
      'disconnected',
      'the connection broke before the answer came; it may have been done, ask again',
      { closeCode: code },
    );
    for (const ask of this.#asks.values()) ask.settle(broken);
    this.#asks.clear();
  }
}
