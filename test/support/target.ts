import { WebSocket } from 'ws';
import { closeCodes, decodeCommand } from '../../src/protocol/index.ts';
import { type Frame, Peer } from './peer.ts';
import { within } from './within.ts';

/** Shoots frames at a server, with a new connection wherever the last one was closed. */
export class Target {
  readonly #url: string;
  readonly #signedIn: boolean;
  #peer: Peer | undefined;
  #names = 0;
  #probes = 0;

  constructor(url: string, signedIn: boolean) {
    this.#url = url;
    this.#signedIn = signedIn;
  }

  /** The replies before the answer to the question that follows the frame, or the close code. */
  async hit(frame: Uint8Array, binary = false): Promise<readonly Frame[] | number> {
    const peer = await this.#connected();
    peer.frames.length = 0;
    this.#probes += 1;
    const ref = `probe-${this.#probes}`;
    const { promise, resolve } = Promise.withResolvers<readonly Frame[] | number>();
    const look = () => {
      const end = peer.frames.findIndex((other) => other.ref === ref);
      if (end !== -1) resolve(peer.frames.slice(0, end).filter(isReply));
    };
    peer.socket.on('message', look);
    peer.socket.once('close', resolve);
    peer.socket.send(frame, { binary });
    peer.socket.send(JSON.stringify({ type: 'heartbeat', ref }));
    const answer = await within(promise, `an answer to ${Buffer.from(frame).toString('base64')}`);
    peer.socket.off('message', look);
    peer.socket.off('close', resolve);
    if (typeof answer === 'number') this.#peer = undefined;
    // Its time to say hello was over, whatever the frame was.
    return answer === closeCodes.notSignedIn ? this.hit(frame, binary) : answer;
  }

  async close(): Promise<void> {
    await this.#peer?.close();
  }

  async #connected(): Promise<Peer> {
    if (this.#peer?.socket.readyState === WebSocket.OPEN) return this.#peer;
    this.#names += 1;
    const name = `shooter${this.#names}`;
    this.#peer = this.#signedIn ? await Peer.member(this.#url, name) : await Peer.open(this.#url);
    return this.#peer;
  }
}

function isReply({ type }: Frame): boolean {
  return type === 'ok' || type === 'error' || type === 'welcome';
}

/** Whether the codec, which has its own tests, takes these bytes for a command. */
export function isWellFormed(frame: Uint8Array): boolean {
  return decodeCommand(frame).ok;
}
