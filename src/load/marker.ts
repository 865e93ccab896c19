/**
 * Finds one ASCII text in frame after frame. It is nearly always where it was in
 * the frame before, so that place is tried first and most frames are not searched.
 */
export class Marker {
  readonly #bytes: Uint8Array;
  #lastOffset = 0;

  constructor(text: string) {
    this.#bytes = Buffer.from(text, 'latin1');
  }

  /** The index just behind the marker between `start` and `end`, or -1. */
  behind(bytes: Uint8Array, start: number, end: number): number {
    const length = this.#bytes.length;
    const guess = start + this.#lastOffset;
    if (guess + length <= end && this.#isAt(bytes, guess)) return guess + length;
    const first = this.#bytes[0];
    for (let at = start; at + length <= end; at += 1) {
      if (bytes[at] === first && this.#isAt(bytes, at)) {
        this.#lastOffset = at - start;
        return at + length;
      }
    }
    return -1;
  }

  #isAt(bytes: Uint8Array, at: number): boolean {
    for (let index = 0; index < this.#bytes.length; index += 1) {
      if (bytes[at + index] !== this.#bytes[index]) return false;
    }
    return true;
  }
}
