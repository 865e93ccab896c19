import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  composerOf,
  down,
  erase,
  kill,
  move,
  sent,
  type,
  up,
  yank,
} from '../../src/terminal/composer.ts';
import { fieldLines } from '../../src/terminal/field-lines.ts';

test('the caret moves and deletes by whole graphemes', () => {
  let composer = composerOf('a👩‍👩‍👧e\u0301🇩🇪');
  const texts = [];
  for (let n = 0; n < 4; n += 1) {
    texts.push(composer.editor.text);
    composer = erase(composer, 'left');
  }
  assert.deepEqual(texts, ['a👩‍👩‍👧e\u0301🇩🇪', 'a👩‍👩‍👧e\u0301', 'a👩‍👩‍👧', 'a']);
  assert.equal(composer.editor.text, '');
});

test('the caret goes over words, in languages without blanks too', () => {
  let composer = composerOf('one, two 日本語です');
  const carets = [];
  for (let n = 0; n < 5; n += 1) {
    composer = move(composer, 'wordLeft');
    carets.push(composer.editor.caret);
  }
  assert.equal(carets.at(-1), 0);
  assert.ok(carets.includes(5), 'before “two”');
  assert.equal(move(composer, 'wordRight').editor.caret, 3);
});

test('what was cut comes back, once and again', () => {
  let composer = composerOf('one two three');
  composer = kill(composer, 'wordLeft');
  assert.equal(composer.editor.text, 'one two ');
  composer = yank(yank(composer));
  assert.equal(composer.editor.text, 'one two threethree');
  composer = kill(composer, 'lineStart');
  assert.equal(composer.editor.text, '');
  assert.equal(
    kill(composer, 'lineStart').killed,
    'one two threethree',
    'nothing cut, nothing lost',
  );
});

test('↑ goes up a line before it goes back to what was sent', () => {
  let composer = sent(composerOf('first'));
  composer = sent(type(composer, 'second'));
  composer = type(composer, 'one\n日本');
  composer = up(composer);
  assert.equal(composer.editor.caret, 2);
  composer = up(composer);
  assert.equal(composer.editor.text, 'second');
  composer = up(up(composer));
  assert.equal(composer.editor.text, 'first');
  composer = down(down(composer));
  assert.equal(composer.editor.text, 'one\n日本');
});

test('a field is wrapped by columns, and its caret always has a cell', () => {
  const at = (text: string, caret: number, width: number) => {
    const { lines, caret: stands } = fieldLines({ text, caret }, width);
    return [lines.map((line) => line.map((span) => span.text).join('')), stands];
  };
  assert.deepEqual(at('日本語', 2, 4), [['日本', '語'], { row: 1, column: 0 }]);
  assert.deepEqual(at('abcd', 4, 4), [['abcd', ''], { row: 1, column: 0 }]);
  assert.deepEqual(at('ab\ncd', 2, 4), [['ab', 'cd'], { row: 0, column: 2 }]);
  assert.deepEqual(at('', 0, 4), [[''], { row: 0, column: 0 }]);
});
