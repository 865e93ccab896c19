/**
 * Finds one ASCII text in frame after frame. It is nearly always where it was in
 * the frame before, so that place is tried first and most frames are not searched.
 */
export class Marker {
  readonly #bytes: Uint8Array;
  readonly #length: number;
  #lastOffset = 0;

  constructor(text: string) {
    this.#bytes = Buffer.from(text, 'latin1');
    this.#length = text.length;
  }

  /** The index just behind the marker between `start` and `end`, or -1. */
  behind(bytes: Uint8Array, start: number, end: number): number {
    const guess = start + this.#lastOffset;
    if (this.#isAt(bytes, guess, end)) return guess + this.#length;
    return this.#search(bytes, start, end);
  }

  #search(bytes: Uint8Array, start: number, end: number): number {
    for (let at = start; at < end; at += 1) {
      if (this.#isAt(bytes, at, end)) {
        this.#lastOffset = at - start;
        return at + this.#length;
      }
    }
    return -1;
  }

  #isAt(bytes: Uint8Array, at: number, end: number): boolean {
    const wanted = this.#bytes;
    const length = this.#length;
    if (at + length > end) return false;
    for (let index = 0; index < length; index += 1) {
      if (bytes[at + index] !== wanted[index]) return false;
    }
    return true;
  }
}
