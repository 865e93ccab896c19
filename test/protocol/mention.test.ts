import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mentions } from '../../src/protocol/index.ts';
import { mentioned } from '../../src/protocol/mention.ts';
import { mentionedRooms } from '../../src/protocol/room-name.ts';
import { seedFor } from '../support/seed.ts';

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

test('every name that is found in a text is a mention of it', (t) => {
  const names = (text: string) => mentioned(text).map(({ name }) => name);
  assert.deepEqual(names('@ann, @bob: hi @ann-lee. @🦊! a@b @@cy'), [
    'ann',
    'bob',
    'ann-lee',
    '🦊',
    'cy',
  ]);
  assert.deepEqual(names('@ @- mail@a.example @.'), []);
  const parts = fc.constantFrom('@', 'ann', '-', '.', ' ', '_', '🦊', 'é', '\u0301', '#', '李');
  fc.assert(
    fc.property(fc.array(parts), (all) => {
      const text = all.join('');
      for (const { start, end, name } of mentioned(text)) {
        assert.equal(text.slice(start, end), `@${name}`);
        assert.equal(mentions(text, name), true, `${text} | ${name}`);
      }
    }),
    { seed: seedFor(t) },
  );
});

test('every room that is found in a text is named in it', () => {
  const text = '#general, #a.b-c_d. (#v2) #1 #A a#b &#c ##d /#e #é #-a #f';
  const found = mentionedRooms(text);
  assert.deepEqual(
    found.map(({ name }) => name),
    ['general', 'a.b-c_d', 'v2', 'f'],
  );
  for (const { start, end, name } of found) assert.equal(text.slice(start, end), `#${name}`);
});

test('names are found at once in a text that is full of near misses', () => {
  const begun = performance.now();
  for (const part of ['@', '@a', '@a-', '#', '#a', '#a.', '#.', '@a@']) {
    mentioned(part.repeat(50_000));
    mentionedRooms(part.repeat(50_000));
  }
  assert.ok(performance.now() - begun < 2_000);
});
