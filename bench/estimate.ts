import type { Workload } from './workloads.ts';

/** What a run may take beside its plan, for what is still under way at its end. */
const REST_MS = 60_000;

/** After this long a run hangs, and is void. */
export function limitMs({ plan }: Workload): number {
  return plan.connectMs + plan.warmupMs + plan.durationMs + REST_MS;
}
