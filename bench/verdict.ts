import type { Findings, Spread } from './measurement.ts';
import { peers } from './peers.ts';
import { fewer, number, runsOf, spreadOf } from './report.ts';
import type { Column, Workload } from './workloads.ts';

const SELF = 'chinwag';

type Comparison = {
  /** With how many runs it stands on, where that is not all. */
  readonly peer: string;
  /** How many times better chinwag is; below 1 where it is worse. */
  readonly times: number;
  /** Whether some run of the one was as good as some run of the other. */
  readonly level: boolean;
};

/** In words how chinwag stands to the others, and above all where it is behind. */
export function verdict(findings: Findings, measured: readonly Workload[]): string[] {
  const lines = measured.flatMap((workload) => {
    const [column] = workload.columns;
    const repeats = findings.repeats;
    const ownRuns = runsOf(findings, workload.name, SELF);
    const own = spreadOf(ownRuns, column.key);
    if (own === undefined) return [`- ${workload.title}: no good run of chinwag.`];
    const compared = peers.flatMap(({ name }): Comparison[] => {
      const runs = runsOf(findings, workload.name, name);
      const other = spreadOf(runs, column.key);
      if (name === SELF || other === undefined) return [];
      const times = advantage(column, own.median, other.median);
      const note = noteOf(fewer(runs, repeats));
      return [{ peer: `${name}${note}`, times, level: overlap(own, other) }];
    });
    const note = noteOf(fewer(ownRuns, repeats));
    const head = `- ${workload.title}: ${number(own.median, column.digits)} ${column.title}${note}.`;
    return [[head, ...sentences(compared), ...voids(findings, workload.name)].join(' ')];
  });
  return ['## What it means', '', ...lines, '', ...losses(lines), ''];
}

function overlap(one: Spread, other: Spread): boolean {
  return one.min <= other.max && other.min <= one.max;
}

function noteOf(fewer: string): string {
  return fewer === '' ? '' : ` (${fewer})`;
}

function advantage({ better }: Column, own: number, other: number): number {
  return better === 'more' ? own / other : other / own;
}

function sentences(compared: readonly Comparison[]): string[] {
  const level = compared.filter((comparison) => comparison.level);
  const apart = compared.filter((comparison) => !comparison.level);
  const ahead = apart.filter(({ times }) => times >= 1).sort((a, b) => b.times - a.times);
  const behind = apart.filter(({ times }) => times < 1).sort((a, b) => a.times - b.times);
  const said = [];
  if (ahead.length > 0) {
    const list = ahead.map(({ peer, times }) => `${peer} ${number(times, 1)}×`);
    said.push(`Better than ${list.join(', ')}.`);
  }
  if (level.length > 0) said.push(`Level with ${level.map(({ peer }) => peer).join(', ')}.`);
  if (behind.length > 0) {
    const list = behind.map(({ peer, times }) => `${peer} is ${number(1 / times, 1)}× better`);
    said.push(`${BEHIND} ${list.join(', ')}.`);
  }
  return said;
}

/** Who took part and had no run that counts. */
function voids(findings: Findings, workload: string): string[] {
  const names = peers.flatMap(({ name }) => {
    const runs = runsOf(findings, workload, name);
    return runs.length > 0 && runs.every(({ wrong }) => wrong.length > 0) ? [name] : [];
  });
  return names.length === 0 ? [] : [`Every run void: ${names.join(', ')}.`];
}

const BEHIND = 'Behind:';

function losses(lines: readonly string[]): string[] {
  const lost = lines.filter((line) => line.includes(BEHIND)).length;
  if (lost === 0) return ['No peer was ahead of chinwag in any of these.'];
  return [
    `Some peer is ahead in ${lost} of ${lines.length}. What chinwag pays for and the others do not: each`,
    'message is synced to disk before its delivery, numbered, answered, and delivered in an envelope that',
    'says who, where and when.',
  ];
}
