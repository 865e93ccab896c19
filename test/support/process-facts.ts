import { readdirSync, readFileSync } from 'node:fs';
import { within } from './within.ts';

/** What the process has in memory, in bytes. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** How many descriptors the process holds. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Resolves once the process holds no more descriptors than `count`. */
export async function descriptorsBackTo(pid: number, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    if (descriptorsOf(pid) <= count) resolve();
  }, 20);
  try {
    await within(promise, `the process to hold ${count} descriptors again`);
  } finally {
    clearInterval(timer);
  }
}
