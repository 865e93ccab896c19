import { Histogram } from './histogram.ts';

/** How many connections are being made at once: fewer than any server's listen backlog. */
const AT_ONCE = 64;

/**
 * Brings everybody in, a bounded number at a time. Rejects with the first
 * failure, or when `limitMs` have passed. Answers how long each took.
 */
export async function bringIn<T>(
  everybody: readonly T[],
  limitMs: number,
  enter: (one: T) => Promise<unknown>,
): Promise<Histogram> {
  const taken = new Histogram();
  const waiting = everybody.values();
  let over = false;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const message = `only ${taken.count} of ${everybody.length} were in after ${limitMs / 1000} s`;
    late.reject(new Error(message));
  }, limitMs);
  const worker = async () => {
    for (const one of waiting) {
      if (over) return;
      const begun = performance.now();
      await enter(one);
      taken.record(Math.round((performance.now() - begun) * 1000));
    }
  };
  const workers = Array.from({ length: Math.min(AT_ONCE, everybody.length) }, worker);
  await Promise.race([Promise.all(workers), late.promise]).finally(() => {
    over = true;
    clearTimeout(timer);
  });
  return taken;
}
