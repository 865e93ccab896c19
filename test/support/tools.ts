import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';

/** How much a test does: a little with every `npm test`, all of it with `npm run test:long`. */
export const isLong = process.env.CHINWAG_LONG === '1';

export function often<T>(usually: T, long: T): T {
  return isLong ? long : usually;
}

/**
 * Leaves a test out because this machine lacks something, and says what. Where CI=true
 * nothing may be left out: there it fails.
 */
export function lacking(test: TestContext, what: string): void {
  if (process.env.CI === 'true') throw new Error(`${what}; with CI=true no test is left out`);
  test.diagnostic(`LEFT OUT: ${what}`);
  test.skip(what);
}

/** The path of a program, installed from Debian where that is possible and it is missing. */
export function programFor(name: string): string | undefined {
  const path = find(name);
  if (path !== undefined || !isRoot()) return path;
  if (find('apt-get') === undefined) return undefined;
  spawnSync('apt-get', ['update', '-qq'], { timeout: 60_000 });
  spawnSync('apt-get', ['install', '-y', '-qq', name], { timeout: 120_000 });
  return find(name);
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** A Node on this machine that is older than chinwag needs. */
export function olderNode(): string | undefined {
  return folders()
    .map((folder) => `${folder}/node`)
    .filter((node) => existsSync(node))
    .find((node) => majorOf(node) < 24);
}

function find(name: string): string | undefined {
  return folders()
    .map((folder) => `${folder}/${name}`)
    .find((file) => existsSync(file));
}

/** Where programs are, without those that npm puts before all others. */
function folders(): string[] {
  const path = (process.env.PATH ?? '').split(':');
  return path.filter((folder) => !folder.includes('node_modules'));
}

function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)/.exec(stdout)?.[1] ?? Number.NaN);
}
