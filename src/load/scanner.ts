/** The bytes are only lent. */
export type FrameSink = {
  /** Answers where the frames end that lie at `at` and need no cutting, or `at`. */
  known(bytes: Buffer, at: number, to: number): number;
  /** Takes a frame, which begins at `at`; its payload goes from `start` to `end`. */
  frame(opcode: number, bytes: Buffer, at: number, start: number, end: number): void;
};

const LONGEST_HEADER = 10;

/**
 * Cuts a server's byte stream into WebSocket frames, however it was chunked.
 * Whole frames are handed over where they lie; only one that a chunk's end cuts
 * is copied. Refused, by throwing: masked, compressed and fragmented frames,
 * which no server may send or none was asked to.
 */
export class FrameScanner {
  readonly #sink: FrameSink;
  #cut = Buffer.alloc(0);
  #held = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  push(chunk: Buffer, from: number, to: number): void {
    let at = this.#held > 0 ? this.#completeCut(chunk, from, to) : from;
    while (at < to) {
      const known = this.#sink.known(chunk, at, to);
      if (known > at) {
        at = known;
        continue;
      }
      const header = headerLength(chunk, at, to);
      if (header === 0) break;
      const start = at + header;
      const end = start + payloadLength(chunk, at, header);
      if (end > to) break;
      this.#sink.frame(opcodeAt(chunk, at), chunk, at, start, end);
      at = end;
    }
    if (at < to) this.#hold(chunk, at, to);
  }

  /** Feeds the cut frame until it is whole; answers where the chunk goes on. */
  #completeCut(chunk: Buffer, from: number, to: number): number {
    let at = from;
    let header = headerLength(this.#cut, 0, this.#held);
    while (header === 0) {
      if (at === to) return at;
      this.#hold(chunk, at, at + 1);
      at += 1;
      header = headerLength(this.#cut, 0, this.#held);
    }
    const end = header + payloadLength(this.#cut, 0, header);
    const take = Math.min(end - this.#held, to - at);
    this.#hold(chunk, at, at + take);
    if (this.#held === end) {
      this.#held = 0;
      this.#sink.frame(opcodeAt(this.#cut, 0), this.#cut, 0, header, end);
    }
    return at + take;
  }

  #hold(chunk: Buffer, from: number, to: number): void {
    const needed = this.#held + to - from;
    if (needed > this.#cut.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * needed, LONGEST_HEADER));
      this.#cut.copy(larger, 0, 0, this.#held);
      this.#cut = larger;
    }
    chunk.copy(this.#cut, this.#held, from, to);
    this.#held = needed;
  }
}

/** 2, 4 or 10, or 0 when `to` comes before the header's end. */
function headerLength(bytes: Buffer, at: number, to: number): number {
  if (to - at < 2) return 0;
  const marker = bytes[at + 1] ?? 0;
  if (marker > 127) throw new Error('the server sent a masked frame, which only clients may');
  const length = marker < 126 ? 2 : marker === 126 ? 4 : LONGEST_HEADER;
  return to - at < length ? 0 : length;
}

function payloadLength(bytes: Buffer, at: number, header: number): number {
  if (header === 2) return bytes[at + 1] ?? 0;
  if (header === 4) return ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  return Number(bytes.readBigUInt64BE(at + 2));
}

function opcodeAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if ((first & 0xf0) !== 0x80 || (first & 0x0f) === 0) {
    throw new Error('the server sent a fragmented or compressed frame, which was not agreed on');
  }
  return first & 0x0f;
}
