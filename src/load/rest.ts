import type { Pace } from './plan.ts';

const REST_MS = 0.2;
/** With this many messages under way a rest is lost in the time they wait anyway. */
const MANY = 32;

/**
 * What to call after each read. A server that writes every message by itself
 * would wake the generator for each, which costs more than the message did; so
 * where many are under way it looks at its sockets only every 0.2 ms. An open
 * loop and a lockstep never rest: there that time would be measured.
 */
export function restOf(pace: Pace, senders: number): () => void {
  if (pace.kind === 'open' || pace.inFlight * senders < MANY) return () => {};
  const cell = new Int32Array(new SharedArrayBuffer(4));
  let planned = false;
  const rest = () => {
    planned = false;
    Atomics.wait(cell, 0, 0, REST_MS);
  };
  return () => {
    if (planned) return;
    planned = true;
    setImmediate(rest);
  };
}
