import { parseArgs } from 'node:util';
import { failures, isSaturated, type LoadResult } from '../src/load/result.ts';
import { runLoad } from '../src/load/run.ts';
import { targetOf } from '../src/load/target.ts';
import { dialects } from './dialects.ts';
import { readPages } from './history.ts';
import type { Outcome } from './measurement.ts';
import { peers } from './peers.ts';
import { cpuShare, type Sample, sample } from './process.ts';
import { storm } from './storm.ts';
import { nativeDial } from './wires.ts';
import { type Workload, workloads } from './workloads.ts';

/** One measurement, in a process of its own so that it can have a core to itself. */

async function measure(
  workload: Workload,
  address: string,
  peer: string,
  pid: number,
): Promise<Outcome> {
  const target = targetOf(address, nativeDial());
  if (workload.kind === 'storm') return storm(target, workload.plan);
  if (workload.kind === 'history') return readPages(target, workload.plan);
  const dialect = dialects[peers.find(({ name }) => name === peer)?.dialect ?? 'plain'];
  const nonce = Math.floor(Math.random() * 36 ** 7).toString(36);
  const before = sample(pid);
  const samples: Sample[] = [];
  const result = await runLoad(target, dialect, workload.plan, nonce, ({ phase }) => {
    if (phase === 'warming up' || phase === 'draining') samples.push(sample(pid));
  });
  const [from = before, to = from] = samples;
  return workload.kind === 'idle'
    ? idleOutcome(result, before, from, to)
    : loadOutcome(result, from, to);
}

function loadOutcome(result: LoadResult, from: Sample, to: Sample): Outcome {
  const { deliveriesPerSecond, acknowledgementsPerSecond, latencyMs, cutOff, generatorCpu } =
    result;
  return {
    values: {
      ...{ deliveriesPerSecond, acknowledgementsPerSecond, ...latencyMs, cutOff },
      serverCpu: cpuShare(from, to),
    },
    generatorCpu,
    wrong: failures(result),
  };
}

function idleOutcome(result: LoadResult, before: Sample, from: Sample, to: Sample): Outcome {
  return {
    values: {
      kilobytesEach: (to.rssBytes - before.rssBytes) / 1024 / result.connections,
      corePercent: cpuShare(from, to) * 100,
      microsecondsEach: (cpuShare(from, to) * 1e6) / result.connections,
      rssMegabytes: to.rssBytes / 1024 / 1024,
      enteredMs: result.entered.allMs,
    },
    generatorCpu: result.generatorCpu,
    wrong: failures(result),
  };
}

const { positionals } = parseArgs({ allowPositionals: true });
const [name, address = '', peer = '', pid, durationMs] = positionals;
const found = workloads.find((workload) => workload.name === name);
if (found === undefined) throw new Error(`there is no workload "${name}"`);
const plan = { ...found.plan, durationMs: Number(durationMs ?? found.plan.durationMs) };
const outcome = await measure({ ...found, plan }, address, peer, Number(pid));
const limit = isSaturated(outcome) ? ['the generator was the limit'] : [];
console.log(JSON.stringify({ ...outcome, wrong: [...outcome.wrong, ...limit] }));
