import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
export function descriptorsBackTo(pid: number, count: number): Promise<void> {
  return seen(() => descriptorsOf(pid) <= count, `process ${pid} to hold ${count} descriptors`);
}

/** Resolves once the process has ended, though its parent may not know yet. */
export function gone(pid: number): Promise<void> {
  const commandLine = `/proc/${pid}/cmdline`;
  const ended = () => !existsSync(commandLine) || readFileSync(commandLine, 'utf8') === '';
  return seen(ended, `process ${pid} to end`);
}

async function seen(fact: () => boolean, what: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    if (fact()) resolve();
  }, 20);
  try {
    await within(promise, what);
  } finally {
    clearInterval(timer);
  }
}
