import type { Pace } from './plan.ts';

const LEAST_MS = 0.2;
const MOST_MS = 100;
/** A rest is this share of the latency that is being measured. */
const SHARE = 0.03;
/** With fewer messages under way there is nothing to gather. */
const MANY = 32;

/**
 * What to call after each read. A server that writes every message by itself
 * would wake the generator for each, which can cost more than the message did;
 * so where many are under way it looks at its sockets only after a rest of 3% of
 * the latency, which it takes in microseconds. Where that is too short to sleep, and in
 * an open loop or a lockstep, it never rests: there that time would be measured.
 */
export function restOf(pace: Pace, senders: number, latency: () => number): () => void {
  if (pace.kind === 'open' || pace.inFlight * senders < MANY) return () => {};
  const cell = new Int32Array(new SharedArrayBuffer(4));
  let planned = false;
  const rest = () => {
    planned = false;
    const share = (SHARE * latency()) / 1000;
    if (share >= LEAST_MS) Atomics.wait(cell, 0, 0, Math.min(share, MOST_MS));
  };
  return () => {
    if (planned) return;
    planned = true;
    setImmediate(rest);
  };
}
