import type { TestContext } from 'node:test';
import { Chinwag, fromSource, type Launch } from './process.ts';
import { programFor } from './tools.ts';

/** Chinwag on a terminal of its own, where a person would sit; undefined where none can be had. */
export function onTerminal(test: TestContext, { args = [], ...rest }: Launch): Chinwag | undefined {
  const script = programFor('script');
  if (script === undefined) return undefined;
  const line = [...fromSource, ...args].map((word) => `'${word}'`).join(' ');
  return Chinwag.launch(test, { ...rest, command: [script, '-qefc', line, '/dev/null'] });
}
