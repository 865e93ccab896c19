import assert from 'node:assert/strict';
import { test } from 'node:test';
import { often } from '../support/tools.ts';
import { isRoomFor, loadOn, type Measured, quickEnough } from './load.ts';

const durationMs = often(6_000, 60_000);
/** Counted from the last read, and not from when the kernels hold no more. */
const CUT_OFF_MS = 15_000;

/** Every run is exact, and one of them was quick enough. */
function check(runs: readonly Measured[], mostMs: number): void {
  for (const { faults } of runs) assert.deepEqual(faults, []);
  const best = Math.min(...runs.map(({ latencyMs }) => latencyMs.p99));
  assert.ok(best <= mostMs, `p99 ${best} ms`);
}

test('fault 2: one room of 1,000 at 20 messages/s is exact, with a p99 of 60 ms', async (t) => {
  if (!isRoomFor(t, 1_000)) return;
  const pace = { kind: 'open', perSecond: 20 } as const;
  const plan = { members: 1_000, senders: 10, pace, durationMs };
  check(await quickEnough(async () => (await loadOn(t, plan))[0], 60), 60);
});

test('fault 3: 1,000 rooms of 9 at 500 messages/s are exact, with a p99 of 50 ms', async (t) => {
  if (!isRoomFor(t, 9_000)) return;
  const pace = { kind: 'open', perSecond: 500 } as const;
  const plan = { rooms: 1_000, members: 9, pace, durationMs };
  check(await quickEnough(async () => (await loadOn(t, plan))[0], 50), 50);
});

test('fault 9: 50 of 1,000 that stop reading are cut off within 15 s, and cost the others nothing', async (t) => {
  if (!isRoomFor(t, 1_000)) return;
  const pace = { kind: 'open', perSecond: 1_000 } as const;
  // Large ones, since the kernels of both sides hold megabytes before the server has to.
  const room = { members: 1_000, senders: 10, pace, size: 800, durationMs: often(20_000, 60_000) };
  const [all] = await loadOn(t, room);
  assert.ok(all);
  const mostMs = 2 * all.latencyMs.p99;
  const runs = await quickEnough(
    async () => (await loadOn(t, { ...room, stalled: 50 }))[0],
    mostMs,
  );
  check(runs, mostMs);
  for (const { cutOff, cutOffMs } of runs) {
    assert.equal(cutOff, 50);
    assert.ok(cutOffMs <= CUT_OFF_MS, `they were in for ${cutOffMs} ms`);
  }
  const more = Math.min(...runs.map(({ serverBytes }) => serverBytes)) - all.serverBytes;
  assert.ok(more <= 64e6, `${more} bytes more`);
});
