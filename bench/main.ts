import { existsSync, mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chart } from './chart.ts';
import { estimateMs, limitMs } from './estimate.ts';
import { generate } from './generate.ts';
import { generatorCore, hosting } from './host.ts';
import { type Findings, isBeaten, type Measurement, type Outcome } from './measurement.ts';
import { type Options, optionsOf } from './options.ts';
import { buildFolder, missing, type Peer, peers } from './peers.ts';
import { descriptorLimit } from './process.ts';
import { report } from './report.ts';
import { surroundings } from './surroundings.ts';
import { addonFile } from './wires.ts';
import { type Workload, workloads } from './workloads.ts';

/**
 * `npm run bench`: every workload on every peer, turn by turn, so that what
 * disturbs the machine disturbs all of them. Writes results.json, results.md and
 * results.svg after each workload, so that a run which is ended early keeps what it
 * has measured; prints instead when something was left out by option.
 */
const options = optionsOrEnd();
mkdirSync(buildFolder, { recursive: true });

/** As often as the peers ask for life. */
const HEARTBEAT = '5s';
const QUICK_MS = '2000';
/** Descriptors a process needs beside its connections. */
const SPARE = 500;

const file = (ending: string) => join(import.meta.dirname, `results.${ending}`);

function optionsOrEnd(): Options {
  try {
    return optionsOf(
      process.argv.slice(2),
      [...workloads, ...peers].map(({ name }) => name),
    );
  } catch (error) {
    console.error(`npm run bench: ${error instanceof Error ? error.message : error}`);
    process.exit(2);
  }
}

/** Each word of --only names a workload or a peer; workloads restrict workloads, peers peers. */
function restricted<T extends { name: string }>(all: readonly T[]): readonly T[] {
  const named = all.filter(({ name }) => options.only.includes(name));
  return named.length === 0 ? all : named;
}

async function once(workload: Workload, peer: Peer): Promise<Outcome> {
  const script = join(import.meta.dirname, 'generator.ts');
  // The idle are watched for their whole time: their heartbeats come every few seconds.
  const duration = options.quick && workload.kind !== 'idle' ? [QUICK_MS] : [];
  const generator = ['taskset', '-c', String(generatorCore), process.execPath, script];
  try {
    return await hosting(peer, workload.heartbeat ?? HEARTBEAT, (url, pid) => {
      const args = [workload.name, url, peer.name, String(pid), ...duration];
      return generate([...generator, ...args], limitMs(workload));
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { values: {}, generatorCpu: 0, wrong: [why] };
  }
}

async function whyNot(workload: Workload, peer: Peer): Promise<string | undefined> {
  const lacking = await missing(peer);
  if (lacking !== undefined) return `${lacking} is missing: npm run build and bench:setup make it`;
  const { rooms, members, idle } = workload.plan;
  const needed = rooms * members + idle + SPARE;
  const limit = descriptorLimit();
  if (needed > limit) return `it takes ${needed} descriptors and ulimit -n is ${limit}`;
  return workload.unfit(peer);
}

/** Who takes part in what; whoever does not is noted. */
async function castOf(findings: Findings): Promise<[Workload, Peer[]][]> {
  const cast: [Workload, Peer[]][] = [];
  for (const workload of restricted(workloads)) {
    const taking: Peer[] = [];
    const wanted = restricted(peers);
    for (const peer of peers) {
      const isWanted = wanted.includes(peer);
      const why = isWanted ? await whyNot(workload, peer) : 'left out by --only';
      if (why === undefined) taking.push(peer);
      else findings.skips.push({ workload: workload.name, peer: peer.name, why });
    }
    cast.push([workload, taking]);
  }
  return cast;
}

async function measureAll(findings: Findings, keep: () => Promise<void>): Promise<void> {
  const { repeats } = findings;
  const cast = await castOf(findings);
  for (const { workload, peer, why } of findings.skips) {
    console.error(`${workload} without ${peer}: ${why}`);
  }
  if (!existsSync(addonFile)) {
    console.error(
      'the generator reads with Node’s own sockets: npm run bench:setup builds faster ones',
    );
  }
  const counts = cast.map(([workload, taking]) => [workload, taking.length] as const);
  console.error(`about ${Math.ceil(estimateMs(counts, repeats) / 60_000)} minutes in all`);
  for (const [workload, taking] of cast) {
    console.error(`\n${workload.title}`);
    const runs: Measurement[] = [];
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      for (const peer of taking) {
        const own = runs.filter((run) => run.peer === peer.name);
        if (isBeaten(own)) continue;
        const { commit } = findings;
        const begun = new Date().toISOString();
        const outcome = await once(workload, peer);
        runs.push({ workload: workload.name, peer: peer.name, repeat, begun, commit, ...outcome });
        console.error(`  ${repeat}/${repeats} ${peer.name}: ${line(workload, outcome)}`);
      }
    }
    findings.measurements.push(...runs);
    await keep();
  }
}

function line(workload: Workload, { values, generatorCpu, wrong }: Outcome): string {
  const cells = workload.columns.map(({ key, title, digits }) => {
    return `${values[key]?.toFixed(digits) ?? 'none'} ${title}`;
  });
  const verdict = wrong.length > 0 ? `; void: ${wrong.join(', ')}` : '';
  return `${cells.join(', ')}, generator ${Math.round(generatorCpu * 100)}%${verdict}`;
}

async function writeAll(findings: Findings): Promise<void> {
  await writeFile(file('json'), `${JSON.stringify(findings, undefined, 1)}\n`);
  await writeFile(file('md'), report(findings));
  await writeFile(file('svg'), chart(findings));
}

async function readAll(): Promise<Findings> {
  return JSON.parse(await readFile(file('json'), 'utf8'));
}

/** What the results say of the workloads that are not measured now. */
async function kept(): Promise<Pick<Findings, 'measurements' | 'skips'>> {
  const anew = new Set(restricted(workloads).map(({ name }) => name));
  const isKept = ({ workload }: { workload: string }) => !anew.has(workload);
  const { measurements, skips } = await readAll();
  return { measurements: measurements.filter(isKept), skips: skips.filter(isKept) };
}

if (options.report) {
  await writeAll(await readAll());
} else {
  const before = options.keep ? await kept() : { measurements: [], skips: [] };
  const findings: Findings = { ...surroundings(), repeats: options.repeats, ...before };
  if (options.quick || (options.only.length > 0 && !options.keep)) {
    await measureAll(findings, async () => {});
    console.log(report(findings));
  } else {
    await measureAll(findings, () => writeAll(findings));
  }
}
