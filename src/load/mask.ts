export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

const FINAL = 0x80;
const MASKED = 0x80;

/** One masked WebSocket frame, as a client must send it (RFC 6455 §5.3). `mask` is 4 bytes. */
export function maskedFrame(opcode: number, payload: Uint8Array, mask: Uint8Array): Buffer {
  const header = payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + 4 + payload.length);
  frame[0] = FINAL | opcode;
  if (header === 2) {
    frame[1] = MASKED | payload.length;
  } else if (header === 4) {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(payload.length, 2);
  } else {
    frame[1] = MASKED | 127;
    frame.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  frame.set(mask, header);
  const body = header + 4;
  for (let index = 0; index < payload.length; index += 1) {
    frame[body + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return frame;
}
