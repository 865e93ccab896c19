import type { Faults } from './order.ts';

/** Milliseconds. */
export type Latency = {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

/**
 * What a run measured. Rates are those of the time after the warm-up, latencies
 * those of the messages due in that time.
 */
export type LoadResult = {
  readonly connections: number;
  /** How long one connection took from dialling to being in, and how long all did. */
  readonly entered: { readonly p99Ms: number; readonly allMs: number };
  readonly seconds: number;
  readonly sent: number;
  readonly deliveries: number;
  readonly deliveriesPerSecond: number;
  readonly acknowledgementsPerSecond: number;
  readonly latencyMs: Latency;
  /** Messages that a member should have had: each sender's counter, as each member saw it. */
  readonly messages: Faults;
  /** The room's own numbering as each member saw it, where the server has one. */
  readonly seqs: Faults;
  /** Messages that came into a room they were not sent to. */
  readonly misdelivered: number;
  /** Messages that the server should have answered and did not, and answers that came again. */
  readonly unanswered: number;
  readonly answeredAgain: number;
  /** Connections that ended though nobody asked, and why the first of them did. */
  readonly lost: number;
  readonly lostWhy?: string;
  /** Members told to stop reading which the server cut off. */
  readonly cutOff: number;
  /** Of one core, by this process, while it measured. */
  readonly generatorCpu: number;
};

/** Above this the generator, not the server, was the limit. */
const SATURATED = 0.9;

export function isSaturated({ generatorCpu }: Pick<LoadResult, 'generatorCpu'>): boolean {
  return generatorCpu > SATURATED;
}

/** Everything that was promised and did not happen, in words; empty when the run is good. */
export function failures(result: LoadResult): string[] {
  const { messages, seqs } = result;
  const counts: [number, string][] = [
    [messages.missing, 'messages missing'],
    [messages.repeated, 'messages repeated'],
    [messages.outOfOrder, 'messages out of order'],
    [seqs.missing, 'sequence numbers missing'],
    [seqs.repeated, 'sequence numbers repeated'],
    [seqs.outOfOrder, 'sequence numbers out of order'],
    [result.misdelivered, 'messages in a wrong room'],
    [result.unanswered, 'messages unanswered'],
    [result.answeredAgain, 'messages answered again'],
    [result.lost, `connections lost${result.lostWhy ? ` (${result.lostWhy})` : ''}`],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}
