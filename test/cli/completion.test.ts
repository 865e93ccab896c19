import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commands } from '../../src/cli/commands.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { lacking, programFor } from '../support/tools.ts';

/** The script that a shell is given, in a file beside a folder and a file to complete. */
async function scriptFor(t: TestContext, shell: string) {
  const { code, stdout, stderr } = await run(t, { args: ['completion', shell] });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  const folder = temporaryFolder();
  const file = join(folder, `chinwag.${shell}`);
  writeFileSync(file, stdout);
  mkdirSync(join(folder, 'data'));
  return { folder, file, script: stdout };
}

/** What bash offers where `words` have been typed, the last one in part. */
function offered({ folder, file }: { folder: string; file: string }, ...words: string[]): string[] {
  const typed = ['chinwag', ...words];
  const ask = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=${typed.length - 1}; _chinwag; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-uc', ask, file, ...typed], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash completes every command and every option of each, and nothing else', async (t) => {
  if (programFor('bash') === undefined) return lacking(t, 'there is no bash');
  const bash = await scriptFor(t, 'bash');
  const names = commands.map(({ name }) => name);
  assert.deepEqual(offered(bash, ''), [...names, 'help']);
  assert.deepEqual(offered(bash, 'se'), ['serve', 'send']);
  assert.deepEqual(offered(bash, 'help', ''), [...names, 'help']);
  for (const { name, flags } of commands) {
    const options = [...Object.keys(flags), 'help'].map((flag) => `--${flag}`);
    assert.deepEqual(offered(bash, name, '--'), options, name);
  }
  assert.deepEqual(offered(bash, 'completion', ''), ['bash', 'zsh', 'fish', '--help']);
  assert.deepEqual(offered(bash, 'nonsense', '--'), []);
});

test('bash completes files and folders where an option takes one, and leaves other values alone', async (t) => {
  if (programFor('bash') === undefined) return lacking(t, 'there is no bash');
  const bash = await scriptFor(t, 'bash');
  assert.deepEqual(offered(bash, 'serve', '--data', ''), ['data']);
  assert.deepEqual(offered(bash, 'serve', '--tls-cert', 'chin'), ['chinwag.bash']);
  assert.deepEqual(offered(bash, 'send', '--key', ''), []);
});

for (const [shell, check] of [
  ['zsh', '-n'],
  ['fish', '--no-execute'],
] as const) {
  test(`${shell} understands its script, which has every command and option`, async (t) => {
    const { file, script } = await scriptFor(t, shell);
    const prefix = shell === 'zsh' ? '--' : '-l ';
    for (const { name, flags } of commands) {
      assert.ok(script.includes(name));
      for (const flag of Object.keys(flags)) assert.ok(script.includes(`${prefix}${flag}`), flag);
    }
    const program = programFor(shell);
    if (program === undefined) return lacking(t, `there is no ${shell}`);
    const { status, stderr } = spawnSync(program, [check, file], { encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });
}

test('completion for no shell, or one it does not know, is wrong usage', async (t) => {
  for (const args of [[], ['tcsh'], ['bash', 'zsh']]) {
    const { code, stdout, stderr } = await run(t, { args: ['completion', ...args] });
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, /say for which shell: bash, zsh, fish/);
  }
});
