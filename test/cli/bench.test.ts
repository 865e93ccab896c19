import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import { serverFor } from '../support/server.ts';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

async function bench(...args: string[]) {
  const child = spawn(process.execPath, [main, 'bench', ...args]);
  const [output, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: child.exitCode, output, complaint };
}

const small = ['--members', '3', '--senders', '2', '--duration', '200ms'];

test('chinwag bench measures a server, says how it goes, and ends with 0', async (t) => {
  const { url } = await serverFor(t);
  const { code, output, complaint } = await bench(url, ...small);
  assert.equal(code, 0, complaint);
  for (const name of ['deliveries/s', 'acknowledgements/s', 'p50', 'p99', 'p99.9', 'max']) {
    assert.match(output, new RegExp(`${name} +[\\d,.]+`));
  }
  for (const fault of ['missing', 'repeated', 'out of order']) {
    assert.match(output, new RegExp(`${fault} +0\n`));
  }
  assert.match(complaint, /warming up/);
});

test('chinwag bench --json is one line of JSON', async (t) => {
  const { url } = await serverFor(t);
  const { code, output } = await bench(url, ...small, '--rate', '50/s', '--json');
  assert.equal(code, 0);
  const result = JSON.parse(output);
  assert.deepEqual(result.plan.pace, { kind: 'open', perSecond: 50 });
  assert.deepEqual(result.messages, { missing: 0, repeated: 0, outOfOrder: 0 });
});

test('chinwag bench ends with 1 at a rate limit, 3 where nobody listens', async (t) => {
  const { url } = await serverFor(t, { rateLimit: { count: 3, windowMs: 10_000 } });
  const limited = await bench(url, ...small);
  assert.equal(limited.code, 1);
  assert.match(limited.complaint, /--rate-limit off/);
  const unreachable = await bench('http://127.0.0.1:1', ...small);
  assert.equal(unreachable.code, 3);
});

for (const [args, says] of [
  [['--duration', '2x'], /--duration takes a time/],
  [['--members', '-1'], /members/],
  [['--senders', '4', '--members', '3'], /at most 3 of 3/],
  [['--rate', '10/s', '--in-flight', '2'], /choose one/],
  [['--size', '4'], /18 to 4000/],
  [['--in-flight', '0'], /1 to 10000 messages in flight/],
  [['--in-flight', '300000'], /1 to 10000 messages in flight/],
  [['--members', '0', '--senders', '0'], /nobody would connect/],
  [['--rooms', '0'], /nobody would connect/],
  [['--duration', '721m'], /at most 12 hours/],
] as const) {
  test(`chinwag bench ${args.join(' ')} is wrong usage`, async () => {
    const { code, complaint } = await bench('http://127.0.0.1:1', ...args);
    assert.equal(code, 2);
    assert.match(complaint, says);
  });
}
