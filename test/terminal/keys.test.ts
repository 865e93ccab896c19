import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandsOf, usage } from '../../src/chat/slash.ts';
import { helpPage, modes, shown } from '../../src/terminal/help.ts';
import { bindings, keyTable, modeTitles } from '../../src/terminal/keys.ts';

const page = readFileSync(new URL('../../docs/terminal.md', import.meta.url), 'utf8');

test('docs/terminal.md has every key, under what one does, and no other', () => {
  const wanted = modes().flatMap((mode) => [
    `### ${modeTitles[mode]}`,
    ...keyTable[mode].map(({ keys, help }) => `| ${shown(keys)} | ${help} |`),
  ]);
  const [, section = ''] = /\n## Keys\n([\s\S]*?)\n## /.exec(page) ?? [];
  const written = section
    .split('\n')
    .filter((line) => line.startsWith('###') || /^\| (?!key |---)/.test(line));
  assert.deepEqual(written, wanted);
});

test('help has every key and every command', () => {
  const terms = helpPage().lines.map((line) => (line.kind === 'entry' ? line.term : ''));
  for (const mode of modes()) {
    for (const { keys } of keyTable[mode]) assert.ok(terms.includes(shown(keys)), keys.join());
  }
  for (const command of commandsOf('terminal')) assert.ok(terms.includes(usage(command)));
});

test('no key does two things at once', () => {
  for (const mode of modes()) {
    const keys = keyTable[mode].flatMap(({ keys }): readonly string[] => keys);
    assert.equal(new Set(keys).size, keys.length, mode);
  }
  const talking = new Set(bindings.talking.keys());
  // Two keys of writing do more while one talks, and the page says so.
  const both = [...bindings.writing.keys()].filter((key) => talking.has(key));
  assert.deepEqual(both, []);
});

test('every mode is on the page of help', () => {
  assert.deepEqual(new Set<string>(modes()), new Set(Object.keys(keyTable)));
});
