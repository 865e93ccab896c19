import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildFolder } from '../../bench/peers.ts';
import { gone } from '../support/process-facts.ts';
import { within } from '../support/within.ts';

const program = fileURLToPath(new URL('../support/host-program.ts', import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`a benchmark that ${signal} ends takes the server with it, and what that has kept`, async (t) => {
    mkdirSync(buildFolder, { recursive: true });
    const host = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => host.kill('SIGKILL'));
    const lines = createInterface({ input: host.stdout });
    const [line] = await within(once(lines, 'line'), 'the server to be up');
    const [pid = '', data = ''] = String(line).split(' ');
    assert.ok(existsSync(data));
    const ended = once(host, 'exit');
    host.kill(signal);
    await within(ended, 'the host to end');
    assert.ok(!existsSync(data));
    await gone(Number(pid));
  });
}
