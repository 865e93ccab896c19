import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fromSource } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { lacking, programFor } from '../support/tools.ts';
import { hostileServer } from './support/hostile-server.ts';
import { Pty } from './support/pty.ts';

const ESC = '\u001b';
/** What the client itself writes to a terminal: styles, places, modes, its title, one question. */
const OWN = new RegExp(
  [
    `${ESC}\\[[?>]?[\\d;]*[A-Za-z]`,
    `${ESC}\\[<u`,
    `${ESC}\\]2;(?:\\(5\\) )?#general · chinwag${ESC}\\\\`,
    `${ESC}\\]11;\\?${ESC}\\\\`,
    '[\\r\\n]',
  ].join('|'),
  'g',
);

test('nothing in any field of a frame makes a terminal do anything', async (t) => {
  const script = programFor('script');
  if (script === undefined) return lacking(t, 'script(1) makes the terminal');
  const url = await hostileServer(t);
  const home = temporaryFolder();
  mkdirSync(join(home, 'chinwag'));
  writeFileSync(join(home, 'chinwag', 'settings.json'), '{"bell":"off"}');
  const pty = new Pty(t, script);
  await pty.run('stty rows 50 cols 80');
  const folders = `XDG_STATE_HOME=${home} XDG_CONFIG_HOME=${home}`;
  const before = pty.bytes.length;
  pty.type(`${folders} ${fromSource.join(' ')} join ${url} --name ann\n`);

  for (const word of ['text', 'bold', 'code', 'link', 'fence', 'mallory', 'title', 'comer']) {
    await pty.shows(word);
  }
  await pty.shows('room');
  pty.type('h');
  await pty.shows('notice');
  pty.type('\u0015/topic new\r');
  await pty.shows('Refusal');
  pty.type('/who\r');
  await pty.shows('In #general');
  pty.type('q/rooms\r');
  await pty.shows('listed');
  pty.type('q\u000b');
  await pty.shows('go to');
  pty.type('@');
  await pty.shows('@mallory');
  pty.type('\u0003\u0004');
  await pty.until(() => pty.screen.modes.buffer === 'normal', 'the shell');
  const bytes = pty.bytes.subarray(before).toString();

  assert.ok(!bytes.includes(`${ESC}[6661`), 'a CSI came through');
  for (const osc of ['52', '8']) {
    assert.ok(!bytes.includes(`${ESC}]${osc};`), `OSC ${osc} came through`);
  }
  const rest = bytes.replace(OWN, '');
  const left = [...rest.matchAll(/[\p{Cc}\p{Bidi_Control}]/gu)].map(({ index }) =>
    JSON.stringify(rest.slice(Math.max(0, index - 20), index + 20)),
  );
  assert.deepEqual(left, []);
  assert.ok(!/\u0301{17}/.test(bytes), 'a pile of marks came through');
});
