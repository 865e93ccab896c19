import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line, Span } from '../../src/terminal/line.ts';
import { graphemesOf, widthOf } from '../../src/terminal/width.ts';
import { wrap } from '../../src/terminal/wrap.ts';
import { diceFor } from '../support/seed.ts';
import { often } from '../support/tools.ts';
import { randomLine } from './support/frames.ts';

const bold = { bold: true } as const;

function textsOf(lines: readonly Line[]): string[] {
  return lines.map((line) => line.map(({ text }) => text).join(''));
}

function wrapped(text: string, width: number, indent?: number): string[] {
  return textsOf(wrap([{ text, style: {} }], width, indent));
}

test('a text is broken behind words, and the blanks at a break are left out', () => {
  assert.deepEqual(wrapped('the quick brown fox', 9), ['the quick', 'brown fox']);
  assert.deepEqual(wrapped('the quick   brown fox', 9), ['the quick', 'brown fox']);
  assert.deepEqual(wrapped('fits', 9), ['fits']);
  assert.deepEqual(wrapped('', 9), ['']);
});

test('blanks within a line stay as they are', () => {
  assert.deepEqual(wrapped('  a   b', 9), ['  a   b']);
});

test('a word that is wider than a line is broken at its graphemes', () => {
  assert.deepEqual(wrapped('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  assert.deepEqual(wrapped('世界世界', 5), ['世界', '世界']);
  assert.deepEqual(wrapped('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3), ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']);
  assert.deepEqual(wrapped('see https://example.org/long', 12), [
    'see',
    'https://exam',
    'ple.org/long',
  ]);
});

test('a line break in the text ends a line, and an empty line stays one', () => {
  assert.deepEqual(wrapped('one\n\ntwo three\n', 5), ['one', '', 'two', 'three', '']);
});

test('from the second line on the indent is left free', () => {
  assert.deepEqual(wrapped('12:00 ann: hello you there', 12, 6), [
    '12:00 ann:',
    '      hello',
    '      you',
    '      there',
  ]);
  assert.deepEqual(wrapped('ab\ncd', 10, 2), ['ab', '  cd']);
});

test('an indent takes no more than half of the width', () => {
  assert.deepEqual(wrapped('abcdefgh', 4, 100), ['abcd', '  ef', '  gh']);
});

test('styles are kept, also where they meet within a word', () => {
  const line: Line = [
    { text: 'one tw', style: {} },
    { text: 'o three', style: bold },
  ];
  assert.deepEqual(wrap(line, 5), [
    [{ text: 'one', style: {} }],
    [
      { text: 'tw', style: {} },
      { text: 'o', style: bold },
    ],
    [{ text: 'three', style: bold }],
  ]);
});

test('two characters that meet where two spans do stay two, also in one style', () => {
  const spans = ['x 🇩', '🇪'].map((text) => ({ text, style: bold }));
  assert.deepEqual(wrap(spans, 3), [
    [{ text: 'x', style: bold }],
    [
      { text: '🇩', style: bold },
      { text: '🇪', style: bold },
    ],
  ]);
});

test('a character wider than the line stands alone on it', () => {
  assert.deepEqual(wrapped('a世b', 1), ['a', '世', 'b']);
  assert.deepEqual(wrapped('世界', 0), ['世', '界']);
});

test('no line is too wide, and nothing but blanks is lost', (t) => {
  const dice = diceFor(t);
  for (let round = 0; round < often(500, 20_000); round += 1) {
    const spans = randomLine(dice).map(breakUp);
    const [width, indent] = [2 + dice.below(60), dice.below(10)];
    const lines = wrap(spans, width, indent);
    const where = JSON.stringify({ spans, width, indent });
    for (const line of textsOf(lines)) assert.ok(widthOf(line) <= width, where);
    assert.equal(inkOf(lines.flat()), inkOf(spans), where);
  }

  function breakUp({ text, style }: Span): Span {
    const at = dice.below(text.length + 1);
    return dice.chance(20)
      ? { text: `${text.slice(0, at)}\n${text.slice(at)}`, style }
      : { text, style };
  }
});

/** What is printed, and how, without the blanks. */
function inkOf(spans: readonly Span[]): string {
  return spans
    .flatMap(({ text, style }) => graphemesOf(text).map((one) => [one, style] as const))
    .filter(([one]) => one.trim() !== '')
    .map(([one, style]) => one + JSON.stringify(style))
    .join('');
}
