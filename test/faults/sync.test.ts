import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { fromSource, serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { lacking, programFor } from '../support/tools.ts';
import { isSync, systemCalls } from '../support/trace.ts';
import { within } from '../support/within.ts';

const MESSAGES = 1_000;
const CALLS = 'trace=fsync,fdatasync,write,writev,sendto,sendmsg,pwrite64,pwritev';

test('2.G1 fault 6: a sync of the disk comes before each of 1,000 acknowledgements', async (t) => {
  const strace = programFor('strace');
  if (strace === undefined) return lacking(t, 'strace is not there and cannot be installed');
  const trace = join(temporaryFolder(), 'trace');
  const tracer = [strace, '-D', '-f', '-qq', '-s', '65536', '-e', CALLS, '-o', trace];
  const command = [...tracer, ...fromSource];
  const server = await serve(t, temporaryFolder(), { command });
  const ann = await Peer.member(server.url, 'ann');
  for (let n = 1; n <= MESSAGES; n += 1) {
    ann.send({ type: 'send', room: 'general', text: `text-${n}-`, ref: `ack-${n}-` });
    // One by one at first, then many in one commit.
    if (n <= MESSAGES / 2 || n % 50 === 0) await ann.seen(({ ref }) => ref === `ack-${n}-`);
  }
  server.signal('SIGTERM');
  await within(server.exited, 'the traced server to end', 20_000);

  const { acknowledged, early } = judge(readFileSync(trace, 'latin1'));
  assert.deepEqual(early, []);
  assert.equal(acknowledged, MESSAGES);
});

/** Which messages left the process before the file that holds them was synced. */
function judge(trace: string): { acknowledged: number; early: string[] } {
  const unsynced = new Map<string, string>();
  const synced = new Set<string>();
  const acknowledged = new Set<string>();
  const early: string[] = [];
  for (const call of systemCalls(trace)) {
    const { name, descriptor, rest } = call;
    if (isSync(call)) {
      for (const [n, file] of unsynced) if (file === descriptor) synced.add(n);
      for (const n of synced) unsynced.delete(n);
    } else if (name.startsWith('pwrite')) {
      for (const n of numbers(rest, /text-(\d+)-/g)) {
        if (!synced.has(n)) unsynced.set(n, descriptor);
      }
    } else {
      for (const n of numbers(rest, /ack-(\d+)-/g)) acknowledged.add(n);
      for (const n of numbers(rest, /(?:ack|text)-(\d+)-/g)) if (!synced.has(n)) early.push(n);
    }
  }
  return { acknowledged: acknowledged.size, early };
}

function numbers(text: string, pattern: RegExp): string[] {
  return text
    .matchAll(pattern)
    .map(([, n = '']) => n)
    .toArray();
}
