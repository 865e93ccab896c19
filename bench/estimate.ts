import type { Workload } from './workloads.ts';

/** To start and to end a peer and a generator. */
const AROUND_MS = 1_200;
/** To bring one in, and to let it go. */
const CONNECTION_MS = 0.7;
/** To let what is under way arrive. */
const DRAIN_MS = 500;

/** What a run may take beside its plan, for what is still under way at its end. */
const REST_MS = 60_000;

/** After this long a run hangs, and is void. */
export function limitMs({ plan }: Workload): number {
  return plan.connectMs + plan.warmupMs + plan.durationMs + REST_MS;
}

/** What all runs of these workloads take on a quiet machine, each on so many peers. */
export function estimateMs(
  chosen: readonly (readonly [Workload, number])[],
  repeats: number,
): number {
  return chosen.reduce((sum, [workload, peers]) => {
    return sum + runMs(workload) * peers * repeats;
  }, 0);
}

function runMs({ kind, plan }: Workload): number {
  const { rooms, members, idle, warmupMs, durationMs } = plan;
  // In a storm everybody comes twice.
  const connections = (rooms * members + idle) * (kind === 'storm' ? 2 : 1);
  return AROUND_MS + connections * CONNECTION_MS + warmupMs + durationMs + DRAIN_MS;
}
