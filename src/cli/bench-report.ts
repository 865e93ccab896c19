import type { LoadPlan } from '../load/plan.ts';
import { isSaturated, type LoadResult } from '../load/result.ts';

/** The result of a run for people to read. */
export function summary(plan: LoadPlan, result: LoadResult): string {
  const { latencyMs, messages, seqs, entered } = result;
  const rows = [
    ['connections', `${number(result.connections)}, all in after ${number(entered.allMs)} ms`],
    ['measured', `${result.seconds.toFixed(1)} s of ${paceText(plan)}`],
    ['deliveries/s', number(result.deliveriesPerSecond)],
    ['acknowledgements/s', number(result.acknowledgementsPerSecond)],
    ['latency p50', milliseconds(latencyMs.p50)],
    ['latency p99', milliseconds(latencyMs.p99)],
    ['latency p99.9', milliseconds(latencyMs.p999)],
    ['latency max', milliseconds(latencyMs.max)],
    ['missing', number(Math.max(messages.missing, seqs.missing))],
    ['repeated', number(Math.max(messages.repeated, seqs.repeated))],
    ['out of order', number(Math.max(messages.outOfOrder, seqs.outOfOrder))],
    ['own CPU', `${Math.round(result.generatorCpu * 100)}% of a core`],
  ];
  return rows.map(([name = '', value]) => `${name.padEnd(20)}${value}`).join('\n');
}

/** Whose limit was measured, where it was not the server's. */
export function limitOf(result: LoadResult): string | undefined {
  if (!isSaturated(result)) return undefined;
  return 'this generator, not the server, was the limit: the server may do better than this';
}

function paceText({ rooms, members, senders, pace, size }: LoadPlan): string {
  const where = `${number(rooms)} × ${number(members)} members`;
  if (senders === 0) return `${where} listening`;
  const how =
    pace.kind === 'open' ? `${pace.perSecond} messages/s` : `${pace.inFlight} in flight each`;
  return `${where}, ${number(senders)} sending ${size} bytes in each room, ${how}`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
