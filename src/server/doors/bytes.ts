import { Buffer } from 'node:buffer';
import type { RawData } from 'ws';

/** One message as one run of bytes, however `ws` hands it over. */
export function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
