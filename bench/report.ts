import { type Findings, goodOf, type Measurement, type Spread, spread } from './measurement.ts';
import { type Peer, peers } from './peers.ts';
import { verdict } from './verdict.ts';
import { type Column, type Workload, workloads } from './workloads.ts';

/** The results as Markdown, from what was measured and nothing else. */
export function report(findings: Findings): string {
  const measured = workloads.filter(({ name }) => {
    return findings.measurements.some(({ workload }) => workload === name);
  });
  return [
    '# How fast it is, measured',
    '',
    `- machine: ${findings.machine}; the server on one core, the generator on the other`,
    `- programs: ${findings.versions}`,
    `- commit: ${findings.commit}, ${findings.date}; each table says when and on what it was measured`,
    `- command: \`${findings.command}\``,
    '',
    preamble(findings.repeats),
    '',
    '![deliveries a second at saturation](results.svg)',
    '',
    '## Who is measured',
    '',
    ...table([
      ['peer', 'what it is', 'durable'],
      ...peers.map(({ name, what, durable }) => [name, what, durable ? 'yes' : 'no']),
    ]),
    '',
    ...verdict(findings, measured),
    ...measured.flatMap((workload) => section(findings, workload)),
    ...skipped(
      findings,
      workloads.filter((workload) => !measured.includes(workload)),
    ),
    '',
  ].join('\n');
}

function preamble(repeats: number): string {
  const times = repeats === 1 ? 'once' : `${repeats} times`;
  return [
    `Every workload was run ${times} on every peer, the peers taking turns; those that take long on`,
    'fewer peers. A peer whose first two runs are void, or that could not take everybody in, is not',
    'tried again in that workload. A cell is the median of the runs that count, with the least and the',
    'most behind it. A message is 100 bytes of text. Latency is the time from when a message was due to',
    'be sent until a member has it. Each delivery is checked: a run in which a message was lost,',
    'repeated or out of order, or in which the generator used more than 90% of its core, is void and',
    'counts for nothing; a row says how many runs it stands on where that is not all. Where the',
    'generator was the limit, a peer may well be faster than what it showed. Peers whose runs overlap,',
    'least to most, are level, whatever their medians say. "Durable" means that a message is on disk',
    'before anyone sees it; the peers that are not durable keep no message at all. CPU is in cores;',
    'memory is RSS, without the socket buffers of the kernel.',
  ].join('\n');
}

function section(findings: Findings, workload: Workload): string[] {
  const header = [
    'peer',
    'durable',
    ...workload.columns.map(({ title }) => title),
    'generator CPU',
    '',
  ];
  const rows = peers.flatMap((peer) => {
    const runs = runsOf(findings, workload.name, peer.name);
    return runs.length === 0 ? [] : [row(peer, workload.columns, runs, findings.repeats)];
  });
  return [
    `## ${workload.title}`,
    '',
    ...table([header, ...rows]),
    '',
    measuredAt(findings, workload),
    '',
  ];
}

/** Peers are only compared within a table, which is measured in one go. */
function measuredAt({ measurements }: Findings, { name }: Workload): string {
  const runs = measurements.filter(({ workload }) => workload === name);
  const begun = runs.map((run) => run.begun).sort();
  const [first = '', last = first] = [begun[0], begun.at(-1)];
  const commits = [...new Set(runs.map(({ commit }) => commit))].join(', ');
  return `Measured on ${first.slice(0, 10)} from ${first.slice(11, 16)} to ${last.slice(11, 16)} UTC, commit ${commits}.`;
}

export function runsOf(findings: Findings, workload: string, peer: string): Measurement[] {
  return findings.measurements.filter((run) => run.workload === workload && run.peer === peer);
}

/** Of the good runs; nothing when every run is void. */
export function spreadOf(runs: readonly Measurement[], key: string): Spread | undefined {
  return spread(goodOf(runs).flatMap(({ values }) => values[key] ?? []));
}

function row(
  peer: Peer,
  columns: readonly Column[],
  runs: readonly Measurement[],
  repeats: number,
): string[] {
  const cells = columns.map(({ key, digits }) => {
    const found = spreadOf(runs, key);
    if (found === undefined) return '';
    const { median, min, max } = found;
    if (min === max) return number(median, digits);
    return `${number(median, digits)} (${number(min, digits)}–${number(max, digits)})`;
  });
  const cpu = spread(goodOf(runs).map(({ generatorCpu }) => generatorCpu * 100));
  return [
    peer.name,
    peer.durable ? 'yes' : 'no',
    ...cells,
    cpu === undefined ? '' : `${number(cpu.median, 0)}%`,
    [fewer(runs, repeats), voids(runs, columns[0])].filter((note) => note !== '').join('; '),
  ];
}

/** How many runs the cells stand on, where that is not all of them. */
export function fewer(runs: readonly Measurement[], repeats: number): string {
  const good = goodOf(runs).length;
  return good < repeats ? `${good} of ${repeats} runs count` : '';
}

/** How many runs are void and why, with what the last of them measured all the same. */
function voids(runs: readonly Measurement[], column: Column | undefined): string {
  const bad = runs.filter(({ wrong }) => wrong.length > 0);
  const last = bad.at(-1);
  if (last === undefined) return '';
  const value = column === undefined ? undefined : last.values[column.key];
  const seen = value === undefined ? '' : `; it showed ${number(value, column?.digits ?? 0)}`;
  return `${bad.length} void: ${last.wrong.join(', ')}${seen}`;
}

function skipped({ skips }: Findings, unmeasured: readonly Workload[]): string[] {
  if (skips.length + unmeasured.length === 0) return [];
  const groups = Map.groupBy(skips, ({ workload, why }) => `${workload}: ${why}`);
  const lines = [...groups].map(([what, group]) => {
    return `- ${what} (${group.map(({ peer }) => peer).join(', ')})`;
  });
  for (const { name, title } of unmeasured) {
    lines.push(`- ${name}: not run (${title})`);
  }
  return ['## What was left out', '', ...lines];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const [header = [], ...body] = rows;
  const lines = [header, header.map(() => '---'), ...body];
  return lines.map((cells) => `| ${cells.join(' | ')} |`);
}

export function number(value: number, digits: number): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
