import { Peer } from './peer.ts';

/** A well-behaved client that asks all the time and remembers its longest wait. */
export class Canary {
  longestMs = 0;
  probes = 0;
  readonly #peer: Peer;
  #singing = true;
  readonly #done: Promise<void>;

  private constructor(peer: Peer) {
    this.#peer = peer;
    this.#done = this.#sing();
  }

  static async in(url: string): Promise<Canary> {
    return new Canary(await Peer.member(url, 'canary'));
  }

  /** Resolves once its last question was answered. */
  async stop(): Promise<void> {
    this.#singing = false;
    await this.#done;
    await this.#peer.close();
  }

  /** One question under way at any time. */
  async #sing(): Promise<void> {
    while (this.#singing) {
      const begun = performance.now();
      const reply = await this.#peer.ask({ type: 'heartbeat' });
      if (reply.type !== 'ok') throw new Error(`the canary was told ${JSON.stringify(reply)}`);
      this.longestMs = Math.max(this.longestMs, performance.now() - begun);
      this.probes += 1;
      this.#peer.frames.length = 0;
    }
  }
}
