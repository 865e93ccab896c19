import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { lacking, programFor } from '../support/tools.ts';
import { within } from '../support/within.ts';
import { Pty } from './support/pty.ts';

const given = {
  bracketedPasteMode: false,
  mouseTrackingMode: 'none',
  wraparoundMode: true,
  buffer: 'normal',
};

type Visit = { readonly pty: Pty; readonly pid: number; readonly back: () => Promise<void> };

/** The program runs in a shell; `back` checks that afterwards everything is as it was. */
async function visit(t: TestContext, run: (visit: Visit) => Promise<void>): Promise<void> {
  const script = programFor('script');
  if (script === undefined) return lacking(t, 'script(1) makes the terminal');
  const pty = new Pty(t, script);
  await pty.run('stty rows 50 cols 80');
  const before = await pty.run('stty -g');
  await pty.run('echo something from before');
  const pid = await pty.start();
  assert.notDeepEqual(pty.screen.modes, given);
  const back = async () => {
    await pty.until(() => pty.screen.modes.buffer === 'normal', 'the shell');
    assert.equal(await pty.run('stty -g'), before);
    assert.deepEqual(pty.screen.modes, given);
    assert.ok(pty.screen.rows.includes('something from before'));
    assert.ok(!pty.screen.rows.some((row) => row.includes('###')));
    assert.deepEqual(pty.screen.style(pty.screen.cursor.row, 0), {});
    assert.ok(pty.screen.hasCursor, 'the cursor is hidden');
  };
  await run({ pty, pid, back });
}

test('close gives the terminal back as it was', (t) =>
  visit(t, async ({ pty, back }) => {
    pty.type('q');
    await back();
  }));

test('the end of the process gives it back', (t) =>
  visit(t, async ({ pty, back }) => {
    pty.type('x');
    await pty.until(() => pty.screen.modes.buffer === 'normal', 'the shell');
    assert.match(await pty.run('echo code $last'), /code 3/);
    await back();
  }));

for (const [key, what] of [
  ['t', 'boom in red'],
  ['r', 'nobody caught this'],
] as const) {
  test(`an error that nobody caught gives it back, is told and is a failure: ${what}`, (t) =>
    visit(t, async ({ pty, back }) => {
      pty.type(key);
      await pty.shows(what.slice(0, 4));
      const code = await pty.run('echo code $last');
      assert.match(code, /code 1/);
      await back();
    }));
}

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const) {
  test(`${signal} gives it back and ends the process`, (t) =>
    visit(t, async ({ pid, back }) => {
      process.kill(pid, signal);
      await back();
      assert.throws(() => process.kill(pid, 0), /ESRCH/);
    }));
}

test('Ctrl-Z gives it back to the shell, and fg paints it again', (t) =>
  visit(t, async ({ pty, pid, back }) => {
    // Another letter each time: what is painted again would pass for the one that was typed.
    for (const letter of ['é', 'ü']) {
      pty.type('\x1a');
      await back();
      assert.match(await pty.run('jobs'), /Stopped/);
      pty.type('fg\n');
      await pty.shows(`pid ${pid}`);
      assert.notDeepEqual(pty.screen.modes, given);
      pty.type(letter);
      await pty.shows(`"text":"${letter}"`);
    }
    pty.type('q');
    await back();
  }));

test('a stop without a word and a start again take the terminal back', (t) =>
  visit(t, async ({ pty, pid, back }) => {
    process.kill(pid, 'SIGSTOP');
    await pty.shows('Stopped');
    pty.type('fg\n');
    await pty.until(() => !pty.screen.rows.join().includes('Stopped'), 'a clean screen');
    pty.type('w');
    await pty.shows('"text":"w"');
    pty.type('q');
    await back();
  }));

test('a terminal that vanishes ends nothing with an error', (t) =>
  visit(t, async ({ pty }) => {
    pty.vanish();
    const reported = await within(pty.reported, 'the end of all', 20_000);
    // The hangup may come at any time, and ends it without a word.
    assert.match(reported, /^(?:gone\n(?:exit 0\n)?)?$/);
  }));

test('what a terminal answers is never typed', (t) =>
  visit(t, async ({ pty, back }) => {
    pty.type('\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;22c\x1b[I\x1b[<0;3;4M!');
    await pty.shows('{"kind":"text","text":"!"}');
    pty.type('q');
    await back();
  }));

test('another size is told and painted', (t) =>
  visit(t, async ({ pty, pid, back }) => {
    pty.type('\x1a');
    await back();
    await pty.run('stty rows 40 cols 70');
    pty.type('fg\n');
    await pty.shows(`pid ${pid} of 70x40`);
    await pty.shows('resized');
  }));
