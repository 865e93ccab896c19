import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentions } from '../../src/protocol/index.ts';

const said: readonly [text: string, name: string][] = [
  ['@ann', 'ann'],
  ['hello @ann', 'ann'],
  ['hello @ann!', 'ann'],
  ['(@ann)', 'ann'],
  ['@Ann, @BOB', 'bob'],
  ['@ann', 'Ann'],
  ['@annabel and @ann', 'ann'],
  ['mail a@ann.example, or @ann', 'ann'],
  ['看 @李雷', '李雷'],
  ['@Ольга', 'ольга'],
  ['@josé?', 'josé'],
  ['@ann-lee', 'ann-lee'],
  ['@ann-lee', 'ann'],
  ['@🦊', '🦊'],
  ['@@ann', 'ann'],
  ['@ann\n', 'ann'],
];

const unsaid: readonly [text: string, name: string][] = [
  ['ann', 'ann'],
  ['@', 'ann'],
  ['', 'ann'],
  ['@anna', 'ann'],
  ['@ann_b', 'ann'],
  ['@ann2', 'ann'],
  ['a@ann', 'ann'],
  ['2@ann', 'ann'],
  ['_@ann', 'ann'],
  ['é@ann', 'ann'],
  ['𠮷@ann', 'ann'],
  ['@ann𝐚', 'ann'],
  ['@ an', 'an'],
  ['@an', 'ann'],
];

test('3.9 @name is a mention, in any case, as a word of its own', () => {
  for (const [text, name] of said) assert.equal(mentions(text, name), true, `${text} | ${name}`);
});

test('3.9 a part of a word, or of an address, mentions nobody', () => {
  for (const [text, name] of unsaid) assert.equal(mentions(text, name), false, `${text} | ${name}`);
});

test('a long text full of near misses is looked through at once', () => {
  const text = '@anna'.repeat(100_000);
  const begun = performance.now();
  assert.equal(mentions(text, 'ann'), false);
  assert.ok(performance.now() - begun < 1_000);
});
