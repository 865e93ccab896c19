/** How much may be held. */
export type Capacity = { readonly bytes: number; readonly events: number };

/**
 * The last events of a room, encoded, with no gap between them: what most of those
 * who come back have missed, served without asking the storage.
 */
export class Tail {
  #payloads: Uint8Array[] = [];
  #bytes = 0;
  /** The `seq` before the first one held. */
  #before: number;

  constructor(head: number) {
    this.#before = head;
  }

  /** The `seq` before the first one held: whoever is further behind must ask the storage. */
  get before(): number {
    return this.#before;
  }

  /** `payload` is the JSON of the event after the last one held. */
  push(payload: Uint8Array, most: Capacity): void {
    this.#payloads.push(payload);
    this.#bytes += payload.length;
    while (this.#payloads.length > most.events || this.#bytes > most.bytes) this.#dropQuarter();
  }

  /** Puts older events before the ones held, up to the last `before`; keeps what fits. */
  extend(older: readonly Uint8Array[], maxBytes: number): void {
    for (const payload of older.toReversed()) {
      if (this.#bytes + payload.length > maxBytes) return;
      this.#payloads.unshift(payload);
      this.#bytes += payload.length;
      this.#before -= 1;
    }
  }

  /** Everything after `after`, or undefined where that is more than is held. */
  since(after: number): readonly Uint8Array[] | undefined {
    return after < this.#before ? undefined : this.#payloads.slice(after - this.#before);
  }

  #dropQuarter(): void {
    const count = Math.ceil(this.#payloads.length / 4);
    for (const payload of this.#payloads.splice(0, count)) this.#bytes -= payload.length;
    this.#before += count;
  }
}
