import type { Clock, Socket, SocketEvents, Transport } from '../../src/client/index.ts';

/** The server's end of a socket. */
export interface Peer {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface Host {
  /** A socket opened. What comes back hears what its client sends, and its end. */
  accept(peer: Peer): { received(text: string): void; closed(): void };
}

interface Cable {
  /** Both ends are told that it broke; what was on its way is lost. */
  cut(): void;
  /** Nothing goes through any more and nobody is told. */
  freeze(): void;
}

/** Sockets in memory, over a clock: each keeps its frames in order and can be cut or frozen. */
export class Network {
  readonly #clock: Clock;
  readonly #host: Host;
  readonly #latency: () => number;
  readonly #cables = new Set<Cable>();
  /** How many sockets were asked for, answered or not. */
  dials = 0;
  /** Whether a new socket reaches the host. */
  up = true;

  constructor(clock: Clock, host: Host, latency: () => number = () => 1) {
    this.#clock = clock;
    this.#host = host;
    this.#latency = latency;
  }

  cut(): void {
    for (const cable of [...this.#cables]) cable.cut();
  }

  freeze(): void {
    for (const cable of [...this.#cables]) cable.freeze();
  }

  readonly transport: Transport = (_url, _subprotocol, on) => {
    this.dials += 1;
    return this.up ? this.#open(on) : this.#refuse(on);
  };

  #refuse(on: SocketEvents): Socket {
    this.#clock.after(1, () => on.closed(1006, ''));
    return { send: () => {}, close: () => {} };
  }

  #open(on: SocketEvents): Socket {
    let frozen = false;
    let gone = false;
    const lane = () => {
      let last = 0;
      return (deliver: () => void) => {
        last = Math.max(last, this.#clock.now() + this.#latency());
        this.#clock.after(last - this.#clock.now(), () => {
          if (!gone && !frozen) deliver();
        });
      };
    };
    const toClient = lane();
    const toHost = lane();
    const end = (code: number, reason: string) => {
      if (gone) return;
      gone = true;
      this.#cables.delete(cable);
      line.closed();
      on.closed(code, reason);
    };
    const cable = {
      cut: () => end(1006, ''),
      freeze: () => {
        frozen = true;
        this.#cables.delete(cable);
      },
    };
    this.#cables.add(cable);
    const line = this.#host.accept({
      send: (text) => toClient(() => on.received(text)),
      close: (code, reason) => toClient(() => end(code, reason)),
    });
    toClient(() => on.opened());
    return {
      send: (text) => toHost(() => line.received(text)),
      close: (code, reason) => toHost(() => end(code, reason)),
    };
  }
}
