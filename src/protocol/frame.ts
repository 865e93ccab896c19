const utf8 = new TextEncoder();

const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/**
 * One unmasked WebSocket text frame (RFC 6455 §5.2), ready for any number of
 * sockets: encoded once, written as it is to each of them.
 */
export function textFrame(text: string): Uint8Array<ArrayBuffer> {
  return framed([utf8.encode(text)]);
}

/** The same around a payload that is already UTF-8, in parts. */
export function framed(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const header = headerLength(length);
  const frame = new Uint8Array(header + length);
  frame[0] = FINAL_TEXT;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = LENGTH_16;
    frame[2] = length >> 8;
    frame[3] = length & 0xff;
  } else {
    frame[1] = LENGTH_64;
    new DataView(frame.buffer).setBigUint64(2, BigInt(length));
  }
  let offset = header;
  for (const part of parts) {
    frame.set(part, offset);
    offset += part.length;
  }
  return frame;
}

/** The JSON inside a frame that `textFrame` made. */
export function payload(frame: Uint8Array): Uint8Array {
  const marker = frame[1];
  if (marker === LENGTH_16) return frame.subarray(4);
  if (marker === LENGTH_64) return frame.subarray(10);
  return frame.subarray(2);
}

function headerLength(length: number): 2 | 4 | 10 {
  if (length < LENGTH_16) return 2;
  return length < 65_536 ? 4 : 10;
}
