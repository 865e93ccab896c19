/** Time, passed in so that tests can hold it. */
export interface Clock {
  /** Milliseconds since the Unix epoch: what people read. May jump. */
  wall(): number;
  /** Milliseconds that only ever rise, with fractions: what timeouts are measured by. */
  steady(): number;
  /** Runs `task` once, after `ms`; the answer calls it off. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
