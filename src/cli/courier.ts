import { ChinwagError, type Client, type Receipt, systemClock } from '../client/index.ts';
import { untilAborted } from './abort.ts';
import { jsonLine } from './message-line.ts';
import type { Order } from './order.ts';

export type Said = Receipt & { readonly key: string; readonly room: string };

/** Says one thing after the other, each only when the server has the one before it. */
export class Courier {
  readonly #client: Client;
  readonly #order: Order;
  readonly #hurry: AbortSignal;
  #count = 0;

  /** `hurry`: when it is aborted nothing more is waited for. */
  constructor(client: Client, order: Order, hurry: AbortSignal) {
    this.#client = client;
    this.#order = order;
    this.#hurry = hurry;
  }

  /**
   * Resolves when the server has it on disk. Rejects with a `ChinwagError`: the server's refusal,
   * or one that says how to go on where it is not known whether it was said.
   */
  async say(text: string): Promise<Said> {
    this.#count += 1;
    const { room, replyTo, isJson } = this.#order;
    const given = this.#key();
    const { key, acked } = this.#client.room(room).send(text, {
      ...(given === undefined ? {} : { key: given }),
      ...(replyTo === undefined ? {} : { replyTo }),
    });
    const { seq, at } = await this.#inTime(acked, key);
    if (seq === 1 && this.#client.room(room).timeline.get().role === 'owner') {
      console.error(`chinwag send: there was no room "${room}" before; this made it`);
    }
    const said = { seq, at, key, room };
    if (isJson) console.log(jsonLine(said));
    return said;
  }

  /** Each part of one input has its own key, the same whenever that input is sent again. */
  #key(): string | undefined {
    const { key } = this.#order;
    return key === undefined || this.#count === 1 ? key : `${key}#${this.#count}`;
  }

  async #inTime(acked: Promise<Receipt>, key: string): Promise<Receipt> {
    const { timeoutMs, text } = this.#order;
    const again =
      text === undefined ? '' : `; it may have been said: with --key ${key} it is not said twice`;
    const late = Promise.withResolvers<never>();
    const cancel = systemClock.after(timeoutMs, () => {
      const message = `the server did not take it within ${timeoutMs / 1_000} s${again}`;
      late.reject(new ChinwagError('disconnected', message));
    });
    try {
      return await Promise.race([untilAborted(acked, this.#hurry), late.promise]);
    } catch (error) {
      if (error !== this.#hurry.reason) throw error;
      throw new ChinwagError('closed', `${String(error)} before the server had it${again}`);
    } finally {
      cancel();
    }
  }
}
