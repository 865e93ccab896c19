import assert from 'node:assert/strict';
import { test } from 'node:test';
import { often } from '../support/tools.ts';
import { freshServer, isRoomFor, loadOn } from './load.ts';

const CONNECTIONS = often(5_000, 9_000);
const MOST_BYTES = 9 * 1024;

test(`an idle connection costs ${MOST_BYTES} bytes at the most`, async (t) => {
  if (!isRoomFor(t, CONNECTIONS)) return;
  const durationMs = often(6_000, 600_000);
  const server = await freshServer(t);
  const few = await loadOn(t, server, { idle: 50 });
  const many = await loadOn(t, server, { idle: CONNECTIONS, durationMs });
  assert.deepEqual(many.faults, []);
  const each = (many.serverBytes - few.serverBytes) / (CONNECTIONS - 50);
  t.diagnostic(`${Math.round(each)} bytes each`);
  assert.ok(each <= MOST_BYTES, `${Math.round(each)} bytes each`);
  assert.ok(many.serverBytes <= 250e6, `${many.serverBytes} bytes in all`);
});
