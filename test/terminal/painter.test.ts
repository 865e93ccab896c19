import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import type { Line } from '../../src/terminal/line.ts';
import { Painter } from '../../src/terminal/painter.ts';
import type { Frame, Size } from '../../src/terminal/screen.ts';
import { cut, widthOf } from '../../src/terminal/width.ts';
import { allCharacters } from '../support/characters.ts';
import { diceFor } from '../support/seed.ts';
import { often } from '../support/tools.ts';
import { assertShows, nextFrame, randomFrame } from './support/frames.ts';
import { TestScreen } from './support/test-screen.ts';
import { allWidths } from './support/widths.ts';

const ESC = '\x1b';
const size: Size = { columns: 60, rows: 12 };

function plain(...texts: string[]): Line[] {
  return texts.map((text) => [{ text, style: {} }]);
}

function frameOf(...texts: string[]): Frame {
  return { lines: plain(...texts), caret: undefined };
}

for (const widths of allWidths) {
  test(`any frames in a row show what the last one says, where widths go by ${widths}`, async (t) => {
    const dice = diceFor(t);
    for (let round = 0; round < often(20, 300); round += 1) {
      const screen = new TestScreen(size, { widths });
      let frame = randomFrame(dice, size);
      for (let step = 0; step < 20; step += 1) {
        screen.painter.paint(frame);
        await screen.settled();
        assertShows(screen, frame, size);
        const fresh = new TestScreen(size, { widths });
        fresh.painter.paint(frame);
        await fresh.settled();
        for (let row = 0; row < size.rows; row += 1) {
          assert.deepEqual(screen.cells(row), fresh.cells(row), `row ${row}`);
        }
        frame = nextFrame(dice, frame, size);
      }
    }
  });
}

test('after a resize the next frame is painted from scratch in the new size', async () => {
  const screen = new TestScreen({ columns: 20, rows: 4 });
  screen.painter.paint(frameOf('one', 'two', 'x'.repeat(40), 'four'));
  const narrow = { columns: 8, rows: 3 };
  screen.resize(narrow);
  screen.painter.paint(frameOf('one', 'two', 'x'.repeat(40), 'four'));
  await screen.settled();
  assert.deepEqual(screen.rows, ['one', 'two', 'xxxxxxxx']);
  assert.deepEqual(screen.painter.size, narrow);
});

test('a repaint brings back what something else has overwritten', async () => {
  const screen = new TestScreen(size);
  screen.painter.paint({ lines: plain('one', 'two'), caret: { row: 1, column: 3 } });
  screen.output.write('\x1b[31m\x1b[Hwall: going down for reboot\r\n\n\n$ ');
  screen.painter.repaint();
  await screen.settled();
  assert.deepEqual(screen.rows.slice(0, 4), ['one', 'two', '', '']);
  assert.deepEqual(screen.cursor, { row: 1, column: 3 });
});

test('a wide character that the right edge would cut is left out', async () => {
  const screen = new TestScreen({ columns: 5, rows: 2 });
  screen.painter.paint(frameOf('abc世', 'abcd世'));
  await screen.settled();
  assert.deepEqual(screen.rows, ['abc世', 'abcd']);
});

test('the caret stands where the frame says, and is hidden where it says nothing', async () => {
  const screen = new TestScreen(size);
  screen.painter.paint({ lines: plain('世界'), caret: { row: 0, column: 4 } });
  assert.ok((await screen.bytes()).includes('\x1b[?25h'));
  assert.deepEqual(screen.cursor, { row: 0, column: 4 });
  screen.painter.paint({ lines: plain('世界'), caret: { row: 7, column: 2 } });
  assert.doesNotMatch(await screen.bytes(), /\?25/);
  assert.deepEqual(screen.cursor, { row: 7, column: 2 });
  screen.painter.paint({ lines: plain('世界'), caret: undefined });
  assert.ok((await screen.bytes()).includes('\x1b[?25l'));
  screen.painter.paint({ lines: plain('世界'), caret: { row: 999, column: -1 } });
  await screen.settled();
  assert.deepEqual(screen.cursor, { row: size.rows - 1, column: 0 });
});

test('a frame like the one before writes nothing', async () => {
  const screen = new TestScreen(size);
  const frame = () => ({ lines: plain('one', 'two '), caret: { row: 1, column: 3 } });
  screen.painter.paint(frame());
  await screen.bytes();
  screen.painter.paint(frame());
  assert.equal(await screen.bytes(), '');
});

test('a frame is one write, between the marks of one update', async () => {
  const screen = new TestScreen(size);
  screen.painter.paint({ lines: plain('one', 'two'), caret: { row: 1, column: 3 } });
  screen.painter.paint({ lines: plain('two', 'three'), caret: { row: 1, column: 5 } });
  const updates = (await screen.bytes()).split('\x1b[?2026h');
  assert.equal(updates.length, 3);
  for (const update of updates.slice(1)) assert.ok(update.endsWith('\x1b[?2026l'));
});

const tall: Size = { columns: 120, rows: 40 };
const sentence = (n: number) =>
  `${n} the quick brown fox jumps over the lazy dog and then it sleeps`;

/** A title, messages up to `last`, a status and a composer. */
function chat(last: number, draft: string, panes: boolean): Frame {
  const messages = Array.from({ length: 37 }, (_, index) => sentence(last - 36 + index));
  const lines = ['general: all and sundry', ...messages, 'online 12 ms', `> ${draft}`];
  return {
    lines: lines.map((text, row) => [
      ...(panes ? [{ text: `room ${row}`.padEnd(20), style: {} }] : []),
      { text: panes ? text.padEnd(80).slice(0, 80) : text, style: { foreground: 250 } },
      ...(panes && row < 8 ? [{ text: `│ person ${row}`, style: { foreground: 70 } }] : []),
    ]),
    caret: { row: 39, column: draft.length + 2 + (panes ? 20 : 0) },
  };
}

test('one line more under forty moves the others instead of writing them', async () => {
  const screen = new TestScreen(tall);
  screen.painter.paint(chat(40, '', false));
  await screen.bytes();
  screen.painter.paint(chat(41, '', false));
  const bytes = await screen.bytes();
  assertShows(screen, chat(41, '', false), tall);
  assert.ok(bytes.length < 300, `${bytes.length} bytes`);
});

test('one line more beside lists that stay moves the others too', async () => {
  const screen = new TestScreen(tall);
  screen.painter.paint(chat(40, '', true));
  await screen.bytes();
  screen.painter.paint(chat(41, '', true));
  const bytes = await screen.bytes();
  assertShows(screen, chat(41, '', true), tall);
  assert.ok(bytes.length < 1_500, `${bytes.length} bytes`);
});

test('a key in the composer costs a few bytes', async () => {
  for (const panes of [false, true]) {
    const screen = new TestScreen(tall);
    screen.painter.paint(chat(40, 'hell', panes));
    await screen.bytes();
    screen.painter.paint(chat(40, 'hello', panes));
    const bytes = await screen.bytes();
    assertShows(screen, chat(40, 'hello', panes), tall);
    assert.ok(bytes.length < 60, `${bytes.length} bytes: ${JSON.stringify(bytes)}`);
  }
});

test('while the terminal does not keep up frames are left out, and the latest follows', async () => {
  const written: string[] = [];
  let goOn = () => {};
  const output = new Writable({
    highWaterMark: 1,
    write: (bytes: Buffer, _encoding, done) => {
      written.push(bytes.toString());
      goOn = done;
    },
  });
  const painter = new Painter(output, size, 'many');
  for (let n = 0; n < 1_000; n += 1) painter.paint(frameOf(`number ${n}`));
  assert.equal(written.length, 1);
  assert.ok(output.writableLength < 200, `${output.writableLength} bytes are waiting`);
  const drained = once(output, 'drain');
  goOn();
  await drained;
  assert.equal(written.length, 2);
  assert.ok(written[1]?.includes('999'));
  goOn();
});

test('once closed it paints nothing, whatever drains', async () => {
  const screen = new TestScreen(size);
  screen.painter.close();
  screen.painter.paint(frameOf('late'));
  screen.output.emit('drain');
  assert.equal(await screen.bytes(), '');
});

const loud: Line = [
  { text: 'red', style: { foreground: 196, background: 21, bold: true } },
  { text: 'grey', style: { foreground: 240, underline: true } },
  { text: 'plain', style: { foreground: 3, inverse: true } },
];

test('without colours bold, underline and inverse stay', async () => {
  const screen = new TestScreen(size, { palette: 'none' });
  screen.painter.paint({ lines: [loud], caret: undefined });
  await screen.settled();
  assert.deepEqual(
    [0, 3, 7].map((column) => screen.style(0, column)),
    [{ bold: true }, { underline: true }, { inverse: true }],
  );
});

test('a terminal of eight colours gets the nearest, and its own instead of a grey', async () => {
  const screen = new TestScreen(size, { palette: 'eight' });
  screen.painter.paint({ lines: [loud], caret: undefined });
  assert.ok(!(await screen.bytes()).includes(';5;'));
  assert.deepEqual(
    [0, 3, 7].map((column) => screen.style(0, column)),
    [
      { foreground: 1, background: 4, bold: true },
      { underline: true },
      { foreground: 3, inverse: true },
    ],
  );
});

test('a colour that is none changes nothing', async () => {
  const screen = new TestScreen(size);
  for (const foreground of [-1, 256, 1.5, Number.NaN]) {
    screen.painter.paint({ lines: [[{ text: 'x', style: { foreground } }]], caret: undefined });
    await screen.settled();
    assert.deepEqual(screen.style(0, 0), {});
  }
});

const hostile = [
  '\x1b[2J\x1b[31mred',
  '\x1b]52;c;cm0gLXJmCg==\x07',
  '\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\',
  '\x1bP1;1|17/17\x1b\\',
  '\x9b31m\x9d0;title\x9c',
  'a\rb\nc\td\be\x07f\x00g\x7fh\x85i',
  'safe\u202egnp.exe\u2066x\u2069\u200e\u061c',
  'line\u2028para\u2029end',
  `z${'\u0301'.repeat(200)}`,
  '\u0301'.repeat(200),
  'lone \ud800 \udc00 halves',
  '\u200d\u200d👩\u200d',
];

test('no control character of a text is ever written, and none breaks the layout', async () => {
  const screen = new TestScreen({ columns: 40, rows: hostile.length });
  const frame = {
    lines: hostile.map((text) => [
      { text: cut(text, 38), style: {} },
      { text: '|', style: {} },
    ]),
    caret: undefined,
  };
  screen.painter.paint(frame);
  const bytes = await screen.bytes();
  assert.deepEqual(controlsOf(bytes), []);
  assert.ok(bytes.length < 1_500, `${bytes.length} bytes`);
  for (const [row, text] of hostile.entries()) {
    assert.equal(screen.cells(row)[widthOf(cut(text, 38))]?.text, '|', JSON.stringify(text));
  }
});

test('of all characters none is a control to the terminal', async () => {
  const screen = new TestScreen({ columns: 4_000, rows: 1 });
  for (const text of allCharacters(1_000)) {
    screen.painter.paint({ lines: [[{ text, style: {} }]], caret: undefined });
    assert.deepEqual(controlsOf(await screen.bytes()), []);
  }
});

/** What is left that a terminal would obey once the painter's own sequences are taken out. */
function controlsOf(bytes: string): string[] {
  const own = new RegExp(`${ESC}\\[(?:\\?2026[hl]|\\?25[hl]|[\\d;]*[mHGKXJMLr])|\\r`, 'g');
  return bytes.replace(own, '').match(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu) ?? [];
}
