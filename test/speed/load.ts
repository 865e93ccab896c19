import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { descriptorLimit } from '../../bench/process.ts';
import { chinwag } from '../../src/load/chinwag.ts';
import type { LoadPlan } from '../../src/load/plan.ts';
import { failures, type LoadResult } from '../../src/load/result.ts';
import { type Progress, runLoad } from '../../src/load/run.ts';
import { targetOf } from '../../src/load/target.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { memoryOf } from '../support/process-facts.ts';
import { temporaryFolder } from '../support/server.ts';
import { lacking } from '../support/tools.ts';

const usual: LoadPlan = {
  rooms: 1,
  members: 2,
  senders: 1,
  pace: { kind: 'open', perSecond: 1 },
  size: 100,
  idle: 0,
  stalled: 0,
  warmupMs: 1_000,
  durationMs: 5_000,
  connectMs: 60_000,
  quietMs: 5_000,
};

const TRIES = 5;

/** Descriptors a process needs beside its connections. */
const SPARE = 500;

export type Measured = LoadResult & {
  /** What was promised and did not happen, in words. */
  readonly faults: string[];
  /**
   * When the room was seen to have lost all who stopped reading, counted from when they did,
   * to the second above. Infinite while one of them is still in.
   */
  readonly cutOffMs: number;
  /** What the server had in memory at the most, while the run measured, in bytes. */
  readonly serverBytes: number;
};

/** False, with the test left out, where neither side could hold so many connections. */
export function isRoomFor(t: TestContext, connections: number): boolean {
  const [needed, limit] = [connections + SPARE, descriptorLimit()];
  if (needed > limit) lacking(t, `it takes ${needed} descriptors and ulimit -n is ${limit}`);
  return needed <= limit;
}

/**
 * Runs until they are good, `TRIES` times at the most: what else the machine does can only slow a
 * run down, so the quickest tells. That each is exact is for the caller to see.
 */
export async function untilGood<T>(
  run: () => Promise<T>,
  areGood: (runs: readonly T[]) => boolean,
): Promise<T[]> {
  const runs: T[] = [];
  while (runs.length < TRIES && !(runs.length > 0 && areGood(runs))) runs.push(await run());
  return runs;
}

/** The least p99 of them, in milliseconds. */
export function quickest(runs: readonly Measured[]): number {
  return Math.min(...runs.map(({ latencyMs }) => latencyMs.p99));
}

type Server = Awaited<ReturnType<typeof serve>>;

/** A server of its own to put under load. */
export function freshServer(t: TestContext, parent = tmpdir()): Promise<Server> {
  return serve(t, join(temporaryFolder(parent), 'data'));
}

/** Where no disk holds anybody up, for what is not about the disk; else where all else is. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Each load's rooms have names of their own. */
let loads = 0;

/** How a server did under load. Every delivery is checked. */
export async function loadOn(
  t: TestContext,
  server: Server,
  plan: Partial<LoadPlan>,
): Promise<Measured> {
  const whole = { ...usual, ...plan };
  const name = `run${++loads}`;
  const watcher = whole.stalled > 0 ? await Peer.guest(server.url, `watcher-${name}`) : undefined;
  let [serverBytes, stalledAt, cutOffMs] = [0, 0, Number.POSITIVE_INFINITY];
  const look = ({ phase }: Progress) => {
    if (phase === 'warming up') stalledAt = performance.now();
    if (phase !== 'measuring') return;
    serverBytes = Math.max(serverBytes, memoryOf(server.pid));
    watcher?.ask({ type: 'rooms', query: `load-${name}-` }).then(({ rooms }) => {
      const [room] = Object(rooms);
      if (room.memberCount > whole.members - whole.stalled) return;
      cutOffMs = Math.min(cutOffMs, performance.now() - stalledAt);
    });
  };
  const result = await runLoad(targetOf(server.url), chinwag, whole, name, look);
  await watcher?.close();
  const { p50, p99, max } = result.latencyMs;
  const cutOff = whole.stalled > 0 ? `, cut off after ${Math.round(cutOffMs)} ms` : '';
  t.diagnostic(
    `p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} max ${max.toFixed(1)} ms, ` +
      `${Math.round(result.deliveriesPerSecond)} deliveries/s, ${Math.round(serverBytes / 1e6)} MB, ` +
      `generator ${Math.round(result.generatorCpu * 100)}%${cutOff}`,
  );
  return { ...result, faults: failures(result), serverBytes, cutOffMs };
}

/** The same on a server of its own, which ends with the load. */
export async function loadAlone(
  t: TestContext,
  plan: Partial<LoadPlan>,
  parent = tmpdir(),
): Promise<Measured> {
  const server = await freshServer(t, parent);
  const measured = await loadOn(t, server, plan);
  await server.kill();
  return measured;
}
