import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fromSource } from '../support/process.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';

const PAGE = new URL('../../docs/scripts.md', import.meta.url);
const BLOCK = /^```console\n(.*?)^```$/gms;

/** Each command of the page, and what it says there that it prints. */
function examples(): { command: string; printed: string }[] {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(BLOCK)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((example) => {
        const [command = '', ...lines] = example.split('\n');
        return { command, printed: lines.join('\n') };
      }),
  );
}

/** Without what is another one each time. */
function settled(output: string): string {
  return output
    .replace(/^\d\d:\d\d /gm, 'HH:MM ')
    .replace(/"at":\d+/g, '"at":0')
    .replace(/"id":"[^"]+"/g, '"id":""');
}

test('every example of the page on scripts prints what it says there', async (t) => {
  const { url } = await serverFor(t);
  const bin = temporaryFolder();
  writeFileSync(join(bin, 'chinwag'), `#!/bin/sh\nexec ${fromSource.join(' ')} "$@"\n`);
  chmodSync(join(bin, 'chinwag'), 0o755);
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    CHINWAG_SERVER: url,
    CHINWAG_NAME: 'ci',
    XDG_STATE_HOME: temporaryFolder(),
  };
  const all = examples();
  assert.ok(all.length > 10, `only ${all.length} examples were found`);
  for (const { command, printed } of all) {
    const shell = spawn(
      'sh',
      [
        '-c',
        `{ ${command}
} 2>&1`,
      ],
      { env },
    );
    shell.stdin.end();
    const [output] = await Promise.all([text(shell.stdout), once(shell, 'close')]);
    assert.equal(settled(output), settled(printed), command);
  }
});
