import assert from 'node:assert/strict';
import test from 'node:test';
import { limitOf, summary } from '../../src/cli/bench-report.ts';
import type { LoadPlan } from '../../src/load/plan.ts';
import { failures, type LoadResult } from '../../src/load/result.ts';

const plan: LoadPlan = {
  rooms: 1,
  members: 100,
  senders: 10,
  pace: { kind: 'closed', inFlight: 16 },
  size: 100,
  idle: 0,
  stalled: 0,
  warmupMs: 1_000,
  durationMs: 10_000,
  connectMs: 1_000,
  quietMs: 1_000,
};
const good = { missing: 0, repeated: 0, outOfOrder: 0 };
const result: LoadResult = {
  connections: 100,
  entered: { p99Ms: 1, allMs: 2 },
  seconds: 10,
  sent: 1_000,
  deliveries: 100_000,
  deliveriesPerSecond: 10_000,
  acknowledgementsPerSecond: 100,
  latencyMs: { p50: 1, p99: 2, p999: 3, max: 4 },
  messages: good,
  seqs: good,
  misdelivered: 0,
  unanswered: 0,
  answeredAgain: 0,
  lost: 0,
  cutOff: 0,
  generatorCpu: 0.9,
};

test('a generator above 90% of its core says that it was the limit, and not below', () => {
  assert.match(summary(plan, result), /^own CPU +\d+% of a core$/m);
  assert.equal(limitOf(result), undefined);
  assert.match(String(limitOf({ ...result, generatorCpu: 0.91 })), /generator.*was the limit/);
});

test('every kind of fault makes a run fail, in words', () => {
  assert.deepEqual(failures(result), []);
  const faults = { missing: 1, repeated: 2, outOfOrder: 3 };
  const broken = {
    messages: faults,
    seqs: faults,
    misdelivered: 4,
    unanswered: 5,
    answeredAgain: 7,
    lost: 6,
  };
  assert.deepEqual(failures({ ...result, ...broken, lostWhy: '1006: gone' }), [
    '1 messages missing',
    '2 messages repeated',
    '3 messages out of order',
    '1 sequence numbers missing',
    '2 sequence numbers repeated',
    '3 sequence numbers out of order',
    '4 messages in a wrong room',
    '5 messages unanswered',
    '7 messages answered again',
    '6 connections lost (1006: gone)',
  ]);
});
