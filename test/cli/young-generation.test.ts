import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the young generation grows to 8 MB and not much further, and again after a rest', () => {
  const program = fileURLToPath(new URL('../support/young-program.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', program], {
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  const { first, rested, second } = JSON.parse(stdout);
  for (const size of [first, second]) assert.ok(size >= 8 && size <= 16, stdout);
  assert.ok(rested < 8, stdout);
});
