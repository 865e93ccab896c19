import type { Pace } from './plan.ts';

const LEAST_MS = 0.2;
const MOST_MS = 100;
/** A rest is at most this share of the latency that is being measured. */
const SHARE = 0.01;
/** With this many messages under way, the least rest too is lost in the time they wait. */
const MANY = 32;

/**
 * What to call after each read. A server that writes every message by itself
 * would wake the generator for each, which can cost more than the message did;
 * so where many are under way it looks at its sockets only after a rest of 1% of
 * the latency, which it takes in microseconds. An open loop and a lockstep never
 * rest: there that time would be measured.
 */
export function restOf(pace: Pace, senders: number, latency: () => number): () => void {
  if (pace.kind === 'open' || pace.inFlight * senders < MANY) return () => {};
  const cell = new Int32Array(new SharedArrayBuffer(4));
  let planned = false;
  const rest = () => {
    planned = false;
    const share = (SHARE * latency()) / 1000;
    Atomics.wait(cell, 0, 0, Math.min(Math.max(share, LEAST_MS), MOST_MS));
  };
  return () => {
    if (planned) return;
    planned = true;
    setImmediate(rest);
  };
}
