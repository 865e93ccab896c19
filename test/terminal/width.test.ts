import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, graphemesOf, isPlain, pad, show, widthOf } from '../../src/terminal/width.ts';
import { allCharacters } from '../support/characters.ts';
import { TestScreen } from './support/test-screen.ts';

const widths: Readonly<Record<string, number>> = {
  '': 0,
  'plain text': 10,
  'naïve café': 10,
  'cafe\u0301': 4,
  世界: 4,
  ｆｕｌｌ: 8,
  ﾊﾝｶｸ: 4,
  한국어: 6,
  각: 2,
  '😀': 2,
  '👍🏽': 2,
  '👩‍👩‍👧‍👦': 2,
  '👩🏻‍❤️‍💋‍👩🏻': 2,
  '🏳️‍🌈': 2,
  '🇩🇪': 2,
  '🇩🇪🇫🇷': 4,
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿': 2,
  '1️⃣': 2,
  '❤️': 2,
  '❤': 1,
  '│─…•’': 5,
  שָׁלוֹם: 4,
  مرحبا: 5,
  ไทย: 3,
  'a\u200bb\u2060c\ufeff': 3,
  'soft\u00adhyphen': 10,
  '\u202eab\u2066c\u2069': 3,
  '\u0301': 0,
  '\x1b': 1,
  '\x1b[2J': 4,
  '\ud800': 1,
};

test('a text is as wide as it looks', () => {
  for (const [text, width] of Object.entries(widths)) {
    assert.equal(widthOf(text), width, JSON.stringify(text));
  }
});

test('it is as wide as a terminal of today makes it', async () => {
  const texts = Object.keys(widths).filter((text) => !/[\p{Cc}\p{Cs}]|^\p{M}/u.test(text));
  const screen = new TestScreen({ columns: 80, rows: 2 });
  for (const text of texts) {
    const shown = graphemesOf(text).map((grapheme) => show(grapheme).text);
    screen.output.write(`\r${shown.join('')}`);
    await screen.settled();
    assert.equal(screen.cursor.column, widthOf(text), JSON.stringify(text));
  }
});

test('what is taken for plain is a grapheme of one column, whatever stands beside it', () => {
  const plain = allCharacters(1).filter((text) => text.length === 1 && isPlain(text));
  assert.ok(plain.length > 300);
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const one of plain) {
    assert.deepEqual(show(one), { text: one, width: 1 });
    const pairs = plain.map((other) => one + other).join('');
    assert.equal(Array.from(segmenter.segment(pairs)).length, pairs.length, JSON.stringify(one));
  }
});

test('a pile of marks is cut to what one can bear', () => {
  const pile = `z${'\u0301'.repeat(100_000)}`;
  const { text, width } = show(pile);
  assert.equal(width, 1);
  assert.equal(text, `z${'\u0301'.repeat(15)}`);
});

test('what is shown of any character is no control, and takes the room it says', () => {
  for (const text of allCharacters(1_000)) {
    const all = graphemesOf(text).map(show);
    const shown = all.map((one) => one.text).join('');
    assert.doesNotMatch(shown, /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
    assert.equal(
      all.find((one) => (one.text === '') !== (one.width === 0)),
      undefined,
    );
  }
});

test('a cut leaves whole graphemes that fit', () => {
  assert.equal(cut('hello', 3), 'hel');
  assert.equal(cut('世界', 3), '世');
  assert.equal(cut('a👩‍👩‍👧‍👦b', 2), 'a');
  assert.equal(cut('a👩‍👩‍👧‍👦b', 3), 'a👩‍👩‍👧‍👦');
  assert.equal(cut('hello', 0), '');
  assert.equal(cut('hello', -1), '');
  assert.equal(cut('世', 9), '世');
});

test('a padded text takes exactly the room it is given', () => {
  assert.equal(pad('ab', 4), 'ab  ');
  assert.equal(pad('abcdef', 4), 'abcd');
  assert.equal(pad('世界', 3), '世 ');
  assert.equal(pad('', 2), '  ');
  for (const text of Object.keys(widths)) assert.equal(widthOf(pad(text, 7)), 7);
});
