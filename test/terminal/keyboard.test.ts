import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { Input } from '../../src/terminal/input.ts';
import { Keyboard } from '../../src/terminal/keyboard.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { seedFor } from '../support/seed.ts';
import { often } from '../support/tools.ts';

const ESC = '\x1b';

function open() {
  const clock = new FakeClock();
  const inputs: Input[] = [];
  const answers: string[] = [];
  const keyboard = new Keyboard(clock, {
    onInput: (input) => inputs.push(input),
    onAnswer: (answer) => answers.push(answer),
  });
  const feed = (bytes: string) => keyboard.feed(Buffer.from(bytes));
  return { clock, inputs, answers, keyboard, feed };
}

function inputsOf(bytes: string): Input[] {
  const { feed, inputs } = open();
  feed(bytes);
  return inputs;
}

function keys(...names: string[]): Input[] {
  return names.map((key) => ({ kind: 'key', key }));
}

const sequences: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'ctrl-j',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\0': 'ctrl-space',
  '\x01': 'ctrl-a',
  '\x03': 'ctrl-c',
  '\x0b': 'ctrl-k',
  '\x1f': 'ctrl-_',
  // xterm
  [`${ESC}[A`]: 'up',
  [`${ESC}OA`]: 'up',
  [`${ESC}[1;5C`]: 'ctrl-right',
  [`${ESC}[1;2D`]: 'shift-left',
  [`${ESC}[1;3B`]: 'alt-down',
  [`${ESC}[1;8H`]: 'ctrl-alt-shift-home',
  [`${ESC}[F`]: 'end',
  [`${ESC}OP`]: 'f1',
  [`${ESC}[1;2P`]: 'shift-f1',
  [`${ESC}[15~`]: 'f5',
  [`${ESC}[24;5~`]: 'ctrl-f12',
  [`${ESC}[2~`]: 'insert',
  [`${ESC}[3~`]: 'delete',
  [`${ESC}[3;5~`]: 'ctrl-delete',
  [`${ESC}[5~`]: 'pageup',
  [`${ESC}[6~`]: 'pagedown',
  [`${ESC}[Z`]: 'shift-tab',
  [`${ESC}OM`]: 'enter',
  [`${ESC}[27;2;13~`]: 'shift-enter',
  [`${ESC}[27;5;9~`]: 'ctrl-tab',
  [`${ESC}[27;6;65~`]: 'ctrl-shift-a',
  // rxvt
  [`${ESC}[7~`]: 'home',
  [`${ESC}[8~`]: 'end',
  [`${ESC}[11~`]: 'f1',
  [`${ESC}[3$`]: 'shift-delete',
  [`${ESC}[3^`]: 'ctrl-delete',
  [`${ESC}[3@`]: 'ctrl-shift-delete',
  [`${ESC}[a`]: 'shift-up',
  [`${ESC}Oc`]: 'ctrl-right',
  [`${ESC}${ESC}[A`]: 'alt-up',
  [`${ESC}${ESC}Od`]: 'ctrl-alt-left',
  // Linux's console and tmux
  [`${ESC}[[A`]: 'f1',
  [`${ESC}[[E`]: 'f5',
  [`${ESC}[1~`]: 'home',
  [`${ESC}[4~`]: 'end',
  // Alt
  [`${ESC}a`]: 'alt-a',
  [`${ESC}A`]: 'alt-shift-a',
  [`${ESC}1`]: 'alt-1',
  [`${ESC}é`]: 'alt-é',
  [`${ESC}世`]: 'alt-世',
  [`${ESC} `]: 'alt-space',
  [`${ESC}\r`]: 'alt-enter',
  [`${ESC}\x7f`]: 'alt-backspace',
  [`${ESC}\x0b`]: 'ctrl-alt-k',
  // kitty
  [`${ESC}[13;3u`]: 'alt-enter',
  [`${ESC}[13;5u`]: 'ctrl-enter',
  [`${ESC}[13;2u`]: 'shift-enter',
  [`${ESC}[13;2:1u`]: 'shift-enter',
  [`${ESC}[27u`]: 'escape',
  [`${ESC}[9;2u`]: 'shift-tab',
  [`${ESC}[127;5u`]: 'ctrl-backspace',
  [`${ESC}[97;5u`]: 'ctrl-a',
  [`${ESC}[97;3u`]: 'alt-a',
  [`${ESC}[97:65;6u`]: 'ctrl-shift-a',
  [`${ESC}[97;69u`]: 'ctrl-a',
  [`${ESC}[1;129A`]: 'up',
  [`${ESC}[57414u`]: 'enter',
  [`${ESC}[57419;5u`]: 'ctrl-up',
};

test('every terminal writes its keys its own way, and all have one name', () => {
  for (const [bytes, name] of Object.entries(sequences)) {
    assert.deepEqual(inputsOf(bytes), keys(name), JSON.stringify(bytes));
    // Nothing is left over that the next key would have to bear.
    assert.deepEqual(inputsOf(`${bytes}x`), [...keys(name), { kind: 'text', text: 'x' }]);
  }
});

test('a key that types something is text, however it is written', () => {
  const typed: Readonly<Record<string, string>> = {
    'ab c': 'ab c',
    'é世😀': 'é世😀',
    [`${ESC}[97u`]: 'a',
    [`${ESC}[97;2u`]: 'A',
    [`${ESC}[228u`]: 'ä',
    [`${ESC}[57404u`]: '5',
    [`${ESC}Ok`]: '+',
    [`${ESC}Op`]: '0',
  };
  for (const [bytes, text] of Object.entries(typed)) {
    assert.deepEqual(inputsOf(bytes), [{ kind: 'text', text }], JSON.stringify(bytes));
  }
});

const silent = [
  `${ESC}[?62;22c`,
  `${ESC}[>41;354;0c`,
  `${ESC}[?1u`,
  `${ESC}[12;40R`,
  `${ESC}[?2026;2$y`,
  `${ESC}[4;2$y`,
  `${ESC}[I`,
  `${ESC}[O`,
  `${ESC}[<0;12;7M`,
  `${ESC}[<0;12;7m`,
  `${ESC}[M !!`,
  `${ESC}[M\x20\xff`,
  `${ESC}[8;40;120t`,
  `${ESC}]11;rgb:1c1c/1c1c/1c1c${ESC}\\`,
  `${ESC}]11;rgb:1c1c/1c1c/1c1c\x07`,
  `${ESC}P1+r524742=38${ESC}\\`,
  `${ESC}_Gi=31;OK${ESC}\\`,
  `${ESC}^private${ESC}\\`,
  `${ESC}]52;c;${'QUJD'.repeat(3_000)}\x07`,
  `${ESC}[${'1;'.repeat(3_000)}u`,
  `${ESC}[97;5:3u`,
  `${ESC}[97;9u`,
  `${ESC}[57358u`,
  `${ESC}[99~`,
  `${ESC}[201~`,
  `${ESC}[27;5;0~`,
  `${ESC}[1114112u`,
  `${ESC}[55296u`,
];

test('what is no key and no text is swallowed whole', () => {
  for (const bytes of silent) {
    assert.deepEqual(inputsOf(`${bytes}x`), [{ kind: 'text', text: 'x' }], JSON.stringify(bytes));
  }
});

test('a sequence that something else cuts short is no text', () => {
  assert.deepEqual(inputsOf(`${ESC}[1;5${ESC}[A`), keys('up'));
  assert.deepEqual(inputsOf(`${ESC}[1;5\r`), keys('enter'));
  assert.deepEqual(inputsOf(`${ESC}]11;rgb${ESC}[A`), keys('up'));
  assert.deepEqual(inputsOf(`${ESC}]11;rgb\x18\r`), keys('enter'));
});

test('what the terminal says of itself is told', () => {
  const { feed, answers } = open();
  feed(`${ESC}]11;rgb:ffff/ffff/ffff${ESC}\\${ESC}[?62c`);
  assert.deepEqual(answers, ['11;rgb:ffff/ffff/ffff', 'c']);
});

test('a lone ESC is Escape once nothing follows for a moment', async () => {
  const { feed, inputs, clock } = open();
  feed(ESC);
  await clock.advance(20);
  assert.deepEqual(inputs, []);
  await clock.advance(30);
  assert.deepEqual(inputs, keys('escape'));
  feed('[A');
  assert.deepEqual(inputs.slice(1), [{ kind: 'text', text: '[A' }]);
});

test('what opens a sequence and stands alone was Alt with that key', async () => {
  const alone = { '[': 'alt-[', O: 'alt-shift-o', P: 'alt-shift-p', ']': 'alt-]', _: 'alt-_' };
  for (const [opener, name] of Object.entries(alone)) {
    const { feed, inputs, clock } = open();
    feed(ESC + opener);
    await clock.advance(50);
    assert.deepEqual(inputs, keys(name));
  }
});

test('a sequence that never ends is given up after a second', async () => {
  for (const begun of ['[1;5', ']11;rgb:', 'P1', 'O5', '[M!', 'P1\x1b', '[[', '\xc3']) {
    const { keyboard, inputs, clock, feed } = open();
    keyboard.feed(Buffer.from(ESC + begun, 'latin1'));
    await clock.advance(1_000);
    feed('x');
    assert.deepEqual(inputs, [{ kind: 'text', text: 'x' }], JSON.stringify(begun));
  }
});

test('once closed it waits for nothing', async () => {
  const { keyboard, feed, inputs, clock } = open();
  feed(ESC);
  keyboard.close();
  await clock.advance(5_000);
  assert.deepEqual(inputs, []);
});

test('bytes that are no UTF-8 cost no more than themselves', () => {
  const { keyboard, inputs } = open();
  keyboard.feed(Buffer.from([0x61, 0xff, 0x62, 0xc3, 0x0d, 0xe4, 0xb8, 0x1b, 0x5b, 0x41, 0x80]));
  assert.deepEqual(joined(inputs), [
    { kind: 'text', text: 'a\ufffdb\ufffd' },
    ...keys('enter'),
    { kind: 'text', text: '\ufffd' },
    ...keys('up'),
    { kind: 'text', text: '\ufffd' },
  ]);
});

test('a paste is one input, its breaks are \\n and its controls are gone', () => {
  const pasted = `one\r\ntwo\rthree\nfour\tfive ${ESC}[31mred\x07 \x9b é`;
  assert.deepEqual(inputsOf(`${ESC}[200~${pasted}${ESC}[201~\r`), [
    { kind: 'paste', text: 'one\ntwo\nthree\nfour\tfive [31mred  é' },
    ...keys('enter'),
  ]);
});

test('of a paste over a million bytes the rest is left out, and typing goes on', () => {
  const { feed, inputs } = open();
  feed(`${ESC}[200~`);
  for (let part = 0; part < 30; part += 1) feed('é'.repeat(50_000));
  feed(`${ESC}[201~x`);
  const [paste, text] = inputs;
  assert.deepEqual(paste, { kind: 'paste', text: 'é'.repeat(500_000) });
  assert.deepEqual(text, { kind: 'text', text: 'x' });
});

test('however the bytes are cut into chunks, they mean the same', (t) => {
  const piece = fc.oneof(
    fc.constantFrom(...Object.keys(sequences), ...silent).map((text) => Buffer.from(text)),
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(`${ESC}[200~${text}${ESC}[201~`)),
    fc
      .constantFrom(ESC, `${ESC}[`, `${ESC}[20`, `${ESC}[200~`, `${ESC}]`, `${ESC}\\`)
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
  );
  checkEach(t, fc.array(piece), (pieces, cuts) => {
    const bytes = Buffer.concat(pieces);
    const [whole, cut] = [open(), open()];
    whole.keyboard.feed(bytes);
    for (let from = 0; from < bytes.length; ) {
      const size = 1 + cuts(from);
      cut.keyboard.feed(bytes.subarray(from, from + size));
      from += size;
    }
    assert.deepEqual(joined(cut.inputs), joined(whole.inputs));
    assert.deepEqual(cut.answers, whole.answers);
  });
});

test('whatever the bytes, no text holds what a screen would obey', (t) => {
  checkEach(t, fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
    const { keyboard, inputs } = open();
    for (const chunk of chunks) keyboard.feed(chunk);
    for (const input of inputs) {
      if (input.kind !== 'key') assert.doesNotMatch(input.text.replace(/[\n\t]/g, ''), /\p{Cc}/u);
    }
  });
});

function checkEach<T>(
  t: TestContext,
  arbitrary: fc.Arbitrary<T>,
  check: (value: T, cuts: (at: number) => number) => void,
): void {
  const cuts = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(arbitrary, cuts, (value, sizes) =>
      check(value, (at) => sizes[at % sizes.length] ?? 0),
    ),
    { seed: seedFor(t), numRuns: often(500, 20_000) },
  );
}

/** Text that arrives in parts is the same text. */
function joined(inputs: readonly Input[]): Input[] {
  const all: Input[] = [];
  for (const input of inputs) {
    const last = all.at(-1);
    if (last?.kind === 'text' && input.kind === 'text') {
      all[all.length - 1] = { kind: 'text', text: last.text + input.text };
    } else all.push(input);
  }
  return all;
}
