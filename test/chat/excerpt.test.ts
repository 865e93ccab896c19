import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerpt } from '../../src/chat/excerpt.ts';
import { seedFor } from '../support/seed.ts';

test('one line, without marks', () => {
  const cases: readonly [text: string, line: string][] = [
    ['hello', 'hello'],
    ['a\nb\n\n c', 'a b c'],
    ['**a** *b* _c_ ~~d~~ `e`', 'a b c d e'],
    ['***a***', 'a'],
    ['# a\n> > b\n- c\n* d', 'a b c d'],
    ['[a](https://a.example) and ![b](https://b.example)', 'a and b'],
    ['```js\ncode\n```\nsaid', 'code said'],
    ['snake_case_name 2 * 3 * 4 -1 #general', 'snake_case_name 2 * 3 * 4 -1 #general'],
    ['\\*a\\*', '*a*'],
    ['a\u001b[2J\u202eb', 'a[2Jb'],
  ];
  for (const [text, line] of cases) assert.equal(excerpt(text, 80), line, text);
});

test('it is cut between characters as people see them', () => {
  assert.equal(excerpt('abcdef', 6), 'abcdef');
  assert.equal(excerpt('abcdefg', 6), 'abcde…');
  assert.equal(excerpt('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2), '👨‍👩‍👧‍👦…');
  assert.equal(excerpt('e\u0301e\u0301e\u0301', 2), 'e\u0301…');
  assert.equal(
    excerpt(`${' '.repeat(4_000)}a`, 10),
    '…',
    'what begins that late is not looked for',
  );
});

test('whatever is said, it is one line of that length, and made at once', (t) => {
  const graphemes = new Intl.Segmenter();
  const parts = fc.constantFrom(
    ...'*_~`[]()<>!#\\ \n\t\u0000\u202ea👋é\u0301',
    '```',
    '](a)',
    '\ud800',
  );
  fc.assert(
    fc.property(
      fc.array(parts, { maxLength: 300 }),
      fc.integer({ min: 1, max: 90 }),
      (all, most) => {
        const line = excerpt(all.join(''), most);
        assert.equal(/[\p{Cc}\p{Bidi_Control}]/u.test(line), false);
        assert.ok([...graphemes.segment(line)].length <= most);
      },
    ),
    { seed: seedFor(t) },
  );
  const begun = process.cpuUsage().user;
  for (const part of ['*', '_', '`', '[', '[a](', '*a ', '> ', '\\', '~~a', '- ']) {
    excerpt(part.repeat(4_000), 80);
  }
  assert.ok(process.cpuUsage().user - begun < 500_000);
});
