const END = Buffer.from('\x1b[201~');

/** So many bytes of a paste are kept; what comes behind them, up to its end, is left out. */
const LONGEST = 1_000_000;

/** What stands between the brackets of a paste, as it arrives. */
export class Paste {
  isDone = false;
  #kept: Buffer = Buffer.alloc(0);
  #size = 0;
  /** The last bytes, where they may be the beginning of the end. */
  #tail: Buffer = Buffer.alloc(0);

  /** Answers how many of the bytes were part of the paste and its end. */
  read(bytes: Uint8Array): number {
    const all = Buffer.concat([this.#tail, bytes]);
    const end = all.indexOf(END);
    if (end !== -1) {
      this.#keep(all.subarray(0, end));
      this.isDone = true;
      return end + END.length - this.#tail.length;
    }
    const from = Math.max(0, all.length - END.length + 1);
    const tail = all.indexOf(END[0] ?? 0, from);
    const kept = tail === -1 ? all.length : tail;
    this.#keep(all.subarray(0, kept));
    this.#tail = Buffer.from(all.subarray(kept));
    return bytes.length;
  }

  get text(): string {
    const decoded = this.#kept.toString('utf8', 0, this.#size);
    const whole = this.#size === LONGEST ? decoded.replace(/\ufffd$/, '') : decoded;
    return whole
      .replace(/\r\n?/g, '\n')
      .replace(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : ''));
  }

  #keep(bytes: Buffer): void {
    const fitting = bytes.subarray(0, LONGEST - this.#size);
    const size = this.#size + fitting.length;
    if (size > this.#kept.length) {
      const larger = Buffer.alloc(Math.min(LONGEST, 2 * size));
      this.#kept.copy(larger);
      this.#kept = larger;
    }
    fitting.copy(this.#kept, this.#size);
    this.#size = size;
  }
}
