import assert from 'node:assert/strict';
import { test } from 'node:test';
import { often } from '../support/tools.ts';
import { loadOn } from './load.ts';

const durationMs = often(6_000, 60_000);

test('fault 2: one room of 1,000 at 20 messages/s is exact, with a p99 of 60 ms', async (t) => {
  const pace = { kind: 'open', perSecond: 20 } as const;
  const [run] = await loadOn(t, { members: 1_000, senders: 10, pace, durationMs });
  assert.deepEqual(run?.faults, []);
  assert.ok(run.latencyMs.p99 <= 60, `${run.latencyMs.p99} ms`);
});

test('fault 3: 1,000 rooms of 9 at 500 messages/s are exact, with a p99 of 50 ms', async (t) => {
  const pace = { kind: 'open', perSecond: 500 } as const;
  const [run] = await loadOn(t, { rooms: 1_000, members: 9, pace, durationMs });
  assert.deepEqual(run?.faults, []);
  assert.ok(run.latencyMs.p99 <= 50, `${run.latencyMs.p99} ms`);
});

test('fault 9: 50 of 1,000 that stop reading are cut off, and cost the others nothing', async (t) => {
  const pace = { kind: 'open', perSecond: 1_000 } as const;
  // Large ones: the kernels of both sides hold megabytes before the server has to.
  const room = { members: 1_000, senders: 10, pace, size: 800 };
  const [all, rest] = await loadOn(
    t,
    { ...room, durationMs },
    { ...room, stalled: 50, durationMs: often(20_000, 60_000) },
  );
  assert.deepEqual([all?.faults, rest?.faults], [[], []]);
  assert.ok(all && rest);
  assert.equal(rest.cutOff, 50);
  assert.ok(rest.latencyMs.p99 <= 2 * all.latencyMs.p99 + 1, `${rest.latencyMs.p99} ms`);
  assert.ok(rest.serverBytes - all.serverBytes <= 64e6, `${rest.serverBytes - all.serverBytes} B`);
});
