import assert from 'node:assert/strict';
import test from 'node:test';
import { generate } from '../../bench/generate.ts';

const program = (source: string) => [process.execPath, '-e', source];
const LONG_MS = 60_000;

test('a generator that hangs is killed at its limit, and that is why there is no result', async () => {
  const hanging = generate(program('setInterval(() => {}, 1000)'), 500);
  await assert.rejects(hanging, /no result within 0\.5 s/);
});

test('what a generator prints is what it found, and what it complains of is why it did not', async () => {
  const found = { values: { p99: 1 }, generatorCpu: 0.5, wrong: [] };
  const print = `console.log(${JSON.stringify(JSON.stringify(found))})`;
  assert.deepEqual(await generate(program(print), LONG_MS), found);
  const failing = generate(program(`throw new RangeError('no such room')`), LONG_MS);
  await assert.rejects(failing, /RangeError: no such room/);
});
