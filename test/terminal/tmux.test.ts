import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fromSource, serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { lacking, programFor } from '../support/tools.ts';
import { Tmux } from './support/tmux.ts';

test('two people talk, look back, lose the server and lose nothing', async (t) => {
  const program = programFor('tmux');
  if (program === undefined) return lacking(t, 'tmux is the terminal');
  const tmux = new Tmux(t, program);
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data);
  for (const name of ['ann', 'bob']) {
    const home = temporaryFolder();
    tmux.open(name, 100, 24);
    await tmux.shows(name, /\$/);
    const folders = `XDG_STATE_HOME=${home} XDG_CONFIG_HOME=${home}`;
    tmux.type(
      name,
      `echo before; ${folders} ${fromSource.join(' ')} join ${first.url} --name ${name}`,
    );
    tmux.press(name, 'Enter');
    await tmux.shows(name, /●.*F1 help/);
  }

  tmux.type('ann', 'hello **there** 👩‍👩‍👧 日本');
  tmux.press('ann', 'Enter');
  await tmux.shows('bob', /ann +hello there 👩‍👩‍👧 日本/);
  for (let n = 1; n <= 30; n += 1) {
    tmux.type('bob', `line ${n}.`);
    tmux.press('bob', 'Enter');
  }
  await tmux.shows('ann', /line 30\./);
  tmux.press('ann', 'PPage');
  const before = await tmux.shows('ann', /^(?![\s\S]*line 30\.)[\s\S]*line 11\.[\s\S]*●/);
  tmux.type('bob', 'one more');
  tmux.press('bob', 'Enter');
  const after = await tmux.shows('ann', /1 new ↓/);
  assert.equal(body(after), body(before), 'the view moved');
  tmux.press('ann', 'End');
  await tmux.shows('ann', /one more/);

  await first.kill();
  await tmux.shows('ann', /○ offline/);
  tmux.type('ann', 'said while the server was dead');
  tmux.press('ann', 'Enter');
  await tmux.shows('ann', /… said while[\s\S]*1 unsent/);
  tmux.type('ann', 'half a thou');
  await serve(t, data, { args: ['--port', new URL(first.url).port] });
  await tmux.shows('bob', /said while the server was dead/);
  const settled = await tmux.shows('ann', /said while the server was dead[\s\S]*●.*ms/);
  assert.doesNotMatch(settled, /unsent/);
  assert.match(settled, /› half a thou/);
  tmux.type('ann', 'ght');
  tmux.press('ann', 'Enter');
  const last = await tmux.shows('bob', /half a thought/);
  assert.equal(last.split('said while the server was dead').length, 2, 'it came once');

  for (const name of ['ann', 'bob']) {
    tmux.press(name, 'C-d');
    const shell = await tmux.shows(name, /^before$/m);
    assert.doesNotMatch(shell, /F1 help/);
    tmux.type(name, 'echo left with $?');
    tmux.press(name, 'Enter');
    await tmux.shows(name, /left with 0/);
  }
});

/** Without the title, the status and what is being written. */
function body(screen: string): string {
  return screen.split('\n').slice(1, -3).join('\n');
}
