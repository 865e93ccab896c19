import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Outcome } from './measurement.ts';

/**
 * What a generator, run by `command`, found out. One that has found nothing after `limitMs`
 * is killed, and then rejects as one that fails does: with why there is nothing.
 */
export async function generate(command: readonly string[], limitMs: number): Promise<Outcome> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, limitMs);
  try {
    const ended = once(child, 'close');
    const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (isLate) throw new Error(`no result within ${limitMs / 1000} s: it or the generator hung`);
    if (output !== '') return JSON.parse(output);
    throw new Error(complaint.match(/^\w*Error: .*/m)?.[0] ?? complaint.slice(-300));
  } finally {
    clearTimeout(timer);
  }
}
