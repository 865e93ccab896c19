import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** What the SDK may run of the protocol: files that import nothing themselves. */
const RUNS = ['../protocol/close.ts', '../protocol/limits.ts', '../protocol/mention.ts'];
const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^;]*?from\s+)?'([^']+)'/gm;

const folder = new URL('../../src/client/', import.meta.url);

function importsOf(path: URL): { types: boolean; from: string }[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(IMPORT)].map(([, type, from = '']) => ({
    types: type !== undefined,
    from,
  }));
}

test('the SDK runs on itself and three dependency-free files of the protocol', () => {
  const files = readdirSync(folder);
  assert.ok(files.includes('index.ts'));
  for (const file of files) {
    for (const { types, from } of importsOf(new URL(file, folder))) {
      const inside = from.startsWith('./');
      const typed = types && from.startsWith('../protocol/');
      assert.ok(inside || typed || RUNS.includes(from), `src/client/${file} imports ${from}`);
    }
  }
  for (const file of RUNS) assert.deepEqual(importsOf(new URL(file, folder)), [], file);
});
