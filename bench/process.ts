import { readFileSync } from 'node:fs';

/** What Linux tells about another process. */
export type Sample = {
  /** On the clock of `performance.now()`. */
  readonly at: number;
  readonly cpuMs: number;
  readonly rssBytes: number;
};

const TICK_MS = 10;

export function sample(pid: number): Sample {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name before it is in brackets and may hold anything, blanks too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    at: performance.now(),
    cpuMs: (user + system) * TICK_MS,
    rssBytes: Number(kilobytes) * 1024,
  };
}

/** Share of one core between two samples. */
export function cpuShare(from: Sample, to: Sample): number {
  return (to.cpuMs - from.cpuMs) / (to.at - from.at);
}

/** How many descriptors a process of ours may have. */
export function descriptorLimit(): number {
  const [, limit] =
    /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return Number(limit);
}
