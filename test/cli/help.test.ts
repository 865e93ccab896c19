import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../src/cli/commands.ts';
import { run } from '../support/process.ts';

test('help lists every command and the exit codes', async (t) => {
  for (const args of [[], ['help'], ['--help'], ['-h']]) {
    const { code, stdout, stderr } = await run(t, { args });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    for (const { name, summary } of commands) {
      assert.match(stdout, new RegExp(`^  chinwag ${name} .*${summary}$`, 'm'));
    }
    assert.match(stdout, /0 done, 1 refused, 2 usage, 3 unreachable, 4 not allowed/);
  }
});

for (const { name, flags, takes } of commands) {
  test(`help ${name} and ${name} --help show what it takes and every option`, async (t) => {
    const { code, stdout, stderr } = await run(t, { args: ['help', name] });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.ok(stdout.startsWith(`chinwag ${name}${takes === '' ? '' : ` ${takes}`} [options]: `));
    for (const [flag, { value, help }] of Object.entries({ ...flags })) {
      assert.ok(stdout.includes(`--${flag}${value === undefined ? '' : ` ${value}`} `));
      assert.ok(stdout.includes(help));
    }
    assert.equal((await run(t, { args: [name, '--help'] })).stdout, stdout);
  });
}

test('help of a command that there is none of exits 2', async (t) => {
  const { code, stderr } = await run(t, { args: ['help', 'swerve'] });
  assert.equal(code, 2);
  assert.match(stderr, /there is no "swerve"/);
});
