import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { fromSource } from '../support/process.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { lacking, programFor } from '../support/tools.ts';
import { Pty } from './support/pty.ts';

/** `chinwag join` as ann in a shell, which says `left with` the exit code when it has ended. */
function joining(t: TestContext, url: string, home = temporaryFolder()): Pty | undefined {
  const script = programFor('script');
  if (script === undefined) {
    lacking(t, 'script(1) makes the terminal');
    return undefined;
  }
  const pty = new Pty(t, script);
  const folders = `XDG_STATE_HOME=${home} XDG_CONFIG_HOME=${home}`;
  pty.type(`${folders} ${fromSource.join(' ')} join ${url} --name ann; echo left with $?\n`);
  return pty;
}

const LEAVE = '\u0004';

test('where nothing answers it says so, tries on, and tells the shell when one leaves', async (t) => {
  const pty = joining(t, 'http://localhost.invalid:9');
  if (pty === undefined) return;
  await pty.shows('○ offline, trying again');
  pty.type(LEAVE);
  await pty.shows('nothing answers at http://localhost.invalid:9');
  await pty.shows('left with 3');
});

test('a name that is taken is asked for, and the new one is in', async (t) => {
  const { url } = await serverFor(t);
  await Peer.member(url, 'ann');
  const pty = joining(t, url);
  if (pty === undefined) return;
  await pty.shows('The name ann is somebody else');
  pty.type('\u0015anna\r');
  await pty.shows('●');
  pty.type('hello\r');
  await pty.shows('anna   hello');
  pty.type(LEAVE);
  await pty.shows('left with 0');
});

test('what is half written and what is unsent is there the next time', async (t) => {
  const home = temporaryFolder();
  const first = joining(t, 'http://localhost.invalid:9', home);
  if (first === undefined) return;
  await first.shows('○ offline');
  first.type('said into the void\r');
  await first.shows('1 unsent');
  first.type('half a thought');
  await first.shows('› half a thought');
  first.type('\u0015half a thought, kept');
  await first.shows('kept');
  process.kill(first.foreground(), 'SIGTERM');
  await first.shows('1 message is not sent yet');
  const second = joining(t, 'http://localhost.invalid:9', home);
  if (second === undefined) return;
  await second.shows('› half a thought, kept');
  await second.shows('said into the void');
  assert.ok(second.screen.rows.some((row) => row.includes('1 unsent')));
});

test('a file of settings that makes no sense is told of, with what to do', async (t) => {
  const home = temporaryFolder();
  const { url } = await serverFor(t);
  mkdirSync(`${home}/chinwag`);
  writeFileSync(`${home}/chinwag/settings.json`, '{"colour":"red"}');
  const pty = joining(t, url, home);
  if (pty === undefined) return;
  const said = () => pty.screen.rows.join(' ').replace(/\s+/g, ' ');
  await pty.until(() => said().includes('there is no setting "colour"'), 'what is wrong');
  assert.match(said(), /mend or remove it/);
});
