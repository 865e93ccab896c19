import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import type { LoadPlan } from '../../src/load/plan.ts';
import { often } from '../support/tools.ts';
import { inMemory, isRoomFor, loadAlone, type Measured, quickest, untilGood } from './load.ts';

const durationMs = often(6_000, 60_000);
/** Counted from the last read, and not from when the kernels hold no more. */
const CUT_OFF_MS = 15_000;

/**
 * A disk that others use too may hold up a sync for a second, which is a sixth of a short run:
 * what a disk adds is for the long one to tell.
 */
const parent = often(inMemory, tmpdir());

/** Every run is exact, and one of them is quick enough. */
async function check(t: TestContext, plan: Partial<LoadPlan>, mostMs: number): Promise<void> {
  const runs = await untilGood(
    () => loadAlone(t, plan, parent),
    (all) => quickest(all) <= mostMs,
  );
  for (const { faults } of runs) assert.deepEqual(faults, []);
  assert.ok(quickest(runs) <= mostMs, `p99 ${quickest(runs)} ms`);
}

test('fault 2: one room of 1,000 at 20 messages/s is exact, with a p99 of 60 ms', async (t) => {
  if (!isRoomFor(t, 1_000)) return;
  const pace = { kind: 'open', perSecond: 20 } as const;
  const plan = { members: 1_000, senders: 10, pace, durationMs };
  await check(t, plan, 60);
});

test('fault 3: 1,000 rooms of 9 at 500 messages/s are exact, with a p99 of 50 ms', async (t) => {
  if (!isRoomFor(t, 9_000)) return;
  const pace = { kind: 'open', perSecond: 500 } as const;
  const plan = { rooms: 1_000, members: 9, pace, durationMs };
  await check(t, plan, 50);
});

test('fault 9: 50 of 1,000 that stop reading are cut off within 15 s, and cost the others nothing', async (t) => {
  if (!isRoomFor(t, 1_000)) return;
  const pace = { kind: 'open', perSecond: 200 } as const;
  // Large ones, since the kernels of both sides hold megabytes before the server has to.
  const room = {
    members: 1_000,
    senders: 10,
    pace,
    size: 2_500,
    durationMs: often(15_000, 60_000),
  };
  const pairs = await untilGood(
    async () => ({
      all: await loadAlone(t, room, inMemory),
      rest: await loadAlone(t, { ...room, stalled: 50 }, inMemory),
    }),
    (all) => slowdown(all) <= 2,
  );
  for (const { all, rest } of pairs) {
    assert.deepEqual([...all.faults, ...rest.faults], []);
    assert.equal(rest.cutOff, 50);
    assert.ok(rest.cutOffMs <= CUT_OFF_MS, `they were in for ${rest.cutOffMs} ms`);
  }
  const slower = slowdown(pairs);
  assert.ok(slower <= 2, `the p99 of the others grew to ${slower.toFixed(1)} times`);
  const more = Math.min(...pairs.map(({ all, rest }) => rest.serverBytes - all.serverBytes));
  assert.ok(more <= 64e6, `${more} bytes more`);
});

type Pair = { readonly all: Measured; readonly rest: Measured };

/** How much longer the p99 is with some who stop reading, of the quickest run with and without. */
function slowdown(pairs: readonly Pair[]): number {
  return quickest(pairs.map(({ rest }) => rest)) / quickest(pairs.map(({ all }) => all));
}
