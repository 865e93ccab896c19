import assert from 'node:assert/strict';
import test from 'node:test';
import { estimateMs, limitMs } from '../../bench/estimate.ts';
import { isBeaten, type Measurement } from '../../bench/measurement.ts';
import { peers } from '../../bench/peers.ts';
import { workloads } from '../../bench/workloads.ts';

const MOST_MS = 60 * 60_000;

const cast = workloads.map((workload) => {
  const taking = peers.filter((peer) => workload.unfit(peer) === undefined);
  return [workload, taking.length] as const;
});

test('the whole benchmark takes at most an hour with 5 runs of each', (t) => {
  const inAll = estimateMs(cast, 5);
  t.diagnostic(`${(inAll / 60_000).toFixed(1)} minutes`);
  assert.ok(inAll <= MOST_MS, `${inAll} ms`);
});

test('an estimate grows with runs and peers', () => {
  const [workload] = workloads;
  assert.ok(workload);
  const once = estimateMs([[workload, 1]], 1);
  assert.equal(estimateMs([[workload, 3]], 5), 15 * once);
});

test('no run is ended before its plan is over', () => {
  for (const workload of workloads) {
    const { connectMs, warmupMs, durationMs, quietMs } = workload.plan;
    assert.ok(limitMs(workload) > connectMs + warmupMs + durationMs + 2 * quietMs);
  }
});

test('each size of room has several rates, whatever the server does', () => {
  for (const members of [100, 1_000, 5_000]) {
    const rates = workloads.filter(
      ({ plan }) => plan.members === members && plan.pace.kind === 'open',
    );
    assert.ok(rates.length >= 2, `${members}`);
  }
});

test('a peer is given up after two void runs, or one in which not all came in', () => {
  const run = (isVoid: boolean, values = { p99: 1 }): Measurement => {
    const wrong = isVoid ? ['lost'] : [];
    const when = { begun: '2026-01-02T03:04:05.000Z', commit: 'abc' };
    return { workload: 'w', peer: 'p', repeat: 1, values, generatorCpu: 0, wrong, ...when };
  };
  assert.equal(isBeaten([]), false);
  assert.equal(isBeaten([run(true)]), false);
  assert.equal(isBeaten([run(true), run(false)]), false);
  assert.equal(isBeaten([run(false), run(true)]), false);
  assert.equal(isBeaten([run(true), run(true)]), true);
  assert.equal(isBeaten([{ ...run(true), values: {} }]), true);
});
