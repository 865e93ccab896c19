import type { LoadPlan } from '../src/load/plan.ts';
import type { Peer } from './peers.ts';

/** A column of a workload's table. */
export type Column = {
  readonly key: string;
  readonly title: string;
  readonly digits: number;
  readonly better: 'more' | 'less';
};

/** What is done to every peer that can take it. The first column is the one it is judged by. */
export type Workload = {
  readonly name: string;
  readonly title: string;
  readonly kind: 'load' | 'idle' | 'storm' | 'history';
  readonly plan: LoadPlan;
  readonly columns: readonly [Column, ...Column[]];
  /** chinwag's own, where it is not that of the peers. */
  readonly heartbeat?: string;
  /** Why a peer cannot take part, or nothing. */
  readonly unfit: (peer: Peer) => string | undefined;
};

const deliveries: Column = {
  key: 'deliveriesPerSecond',
  title: 'deliveries/s',
  digits: 0,
  better: 'more',
};
const acknowledgements: Column = {
  key: 'acknowledgementsPerSecond',
  title: 'messages back/s',
  digits: 0,
  better: 'more',
};
const p50: Column = { key: 'p50', title: 'p50 ms', digits: 2, better: 'less' };
const p99: Column = { key: 'p99', title: 'p99 ms', digits: 2, better: 'less' };
const p999: Column = { key: 'p999', title: 'p99.9 ms', digits: 2, better: 'less' };
const cpu: Column = { key: 'serverCpu', title: 'server CPU', digits: 2, better: 'less' };

const base: LoadPlan = {
  rooms: 1,
  members: 100,
  senders: 10,
  pace: { kind: 'closed', inFlight: 16 },
  size: 100,
  idle: 0,
  stalled: 0,
  warmupMs: 1_000,
  durationMs: 2_000,
  connectMs: 60_000,
  quietMs: 5_000,
};

const anyone = () => undefined;
const onlyChinwag = (peer: Peer) => {
  return peer.name === 'chinwag' ? undefined : 'only chinwag keeps messages';
};

/** What takes long is done to these alone: one server in Go, one native, and this. */
const fewNames = ['chinwag', 'gorilla-hub', 'bun'];
const few = (peer: Peer) => {
  return fewNames.includes(peer.name) ? undefined : `it would take long; ${fewNames.join(', ')} do`;
};

const saturation = (members: number, unfit: Workload['unfit'] = anyone): Workload => {
  return {
    name: `saturation-${members}`,
    title: `One room of ${members.toLocaleString('en')}, 10 senders with 16 messages in flight each`,
    kind: 'load',
    plan: { ...base, members },
    columns: [deliveries, acknowledgements, p50, p99, cpu],
    unfit,
  };
};

const rate = (members: number, perSecond: number): Workload => {
  return {
    name: `rate-${members}x${perSecond}`,
    title: `One room of ${members.toLocaleString('en')}, ${perSecond.toLocaleString('en')} messages/s come what may`,
    kind: 'load',
    plan: { ...base, members, pace: { kind: 'open', perSecond } },
    columns: [p99, p50, p999, deliveries, cpu],
    unfit: anyone,
  };
};

/** More rates for each size of room, up to where it saturates. */
const ladder = [
  ...[rate(10, 5_000), rate(100, 3_000)],
  ...[rate(1_000, 30), rate(1_000, 300)],
  ...[rate(5_000, 10), rate(5_000, 60)],
].map((workload): Workload => ({ ...workload, unfit: few }));

const idle = (connections: number, durationMs: number, what: string): Workload => {
  return {
    name: `idle-${connections}`,
    title: `${connections.toLocaleString('en')} idle connections with a heartbeat ${what}`,
    kind: 'idle',
    plan: { ...base, members: 0, senders: 0, idle: connections, durationMs },
    columns: [
      { key: 'kilobytesEach', title: 'kB of RSS each', digits: 1, better: 'less' },
      { key: 'corePercent', title: 'CPU, % of a core', digits: 1, better: 'less' },
      { key: 'microsecondsEach', title: 'µs of CPU each a second', digits: 1, better: 'less' },
      { key: 'rssMegabytes', title: 'RSS in all, MB', digits: 0, better: 'less' },
      { key: 'enteredMs', title: 'ms until all are in', digits: 0, better: 'less' },
    ],
    unfit: connections > 1_000 ? few : anyone,
  };
};

export const workloads: readonly Workload[] = [
  ...[10, 100, 1_000].map((members) => saturation(members)),
  rate(1_000, 100),
  rate(100, 1_000),
  {
    name: 'rooms',
    title: '1,000 rooms of 10, one message a second in each',
    kind: 'load',
    plan: {
      ...base,
      rooms: 1_000,
      members: 10,
      senders: 1,
      pace: { kind: 'open', perSecond: 1_000 },
    },
    columns: [p99, p50, p999, deliveries, cpu],
    unfit: (peer) => (peer.rooms ? undefined : 'it has no rooms'),
  },
  {
    name: 'lockstep',
    title: 'One room of 100, one sender who waits for each message to come back',
    kind: 'load',
    plan: { ...base, senders: 1, pace: { kind: 'closed', inFlight: 1 } },
    columns: [deliveries, acknowledgements, p50, p99, cpu],
    unfit: anyone,
  },
  {
    name: 'storm',
    title: '5,000 members of one room lose their connections at once and resume',
    kind: 'storm',
    plan: { ...base, members: 5_000, senders: 0 },
    columns: [
      { key: 'allBackMs', title: 'ms until all are back', digits: 0, better: 'less' },
      { key: 'handshakeP99', title: 'one handshake, p99 ms', digits: 0, better: 'less' },
      { key: 'p99', title: 'one return, p99 ms', digits: 0, better: 'less' },
      { key: 'retries', title: 'retries', digits: 0, better: 'less' },
    ],
    unfit: onlyChinwag,
  },
  {
    name: 'history',
    title: 'Pages of 50 from a history of 10,000, 16 readers',
    kind: 'history',
    plan: { ...base, members: 16 },
    columns: [{ key: 'pagesPerSecond', title: 'pages/s', digits: 0, better: 'more' }, p50, p99],
    unfit: onlyChinwag,
  },
  {
    name: 'appends',
    title: 'Durable appends: 100 rooms of one, 16 messages in flight each',
    kind: 'load',
    plan: { ...base, rooms: 100, members: 1, senders: 1 },
    columns: [{ ...acknowledgements, title: 'appends/s' }, p50, p99, cpu],
    unfit: onlyChinwag,
  },
  ...ladder,
  saturation(5_000, few),
  {
    name: 'slow-readers',
    title: 'One room of 1,000 at saturation, 10 of whom stop reading',
    kind: 'load',
    plan: { ...base, members: 1_000, stalled: 10, durationMs: 5_000 },
    columns: [deliveries, p99, { key: 'cutOff', title: 'cut off', digits: 0, better: 'more' }, cpu],
    unfit: few,
  },
  idle(1_000, 6_000, 'every 5 s'),
  // With the warm-up two whole rounds of heartbeats, so that each connection has as many.
  {
    ...idle(10_000, 29_000, 'as each server has it, chinwag’s every 15 s'),
    heartbeat: '15s',
  },
  idle(18_000, 6_000, 'every 5 s'),
];
