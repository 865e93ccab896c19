import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gemoji } from 'gemoji';
import { loadEmoji } from '../../src/chat/emoji.ts';

test('the shortcodes people know are there', async () => {
  const emoji = await loadEmoji();
  const known = ['wave', '+1', 'thumbsup', 'tada', 'heart', 'joy', 'rocket', '100', 'bug', 'fire'];
  const shown = known.map((name) => emoji.get(name));
  assert.deepEqual(shown, ['👋', '👍', '👍', '🎉', '❤️', '😂', '🚀', '💯', '🐛', '🔥']);
  assert.ok(emoji.size > 1_400);
});

test('the table is what npm run emoji writes of its source', async () => {
  const emoji = await loadEmoji();
  const source = new Map(gemoji.flatMap((one) => one.names.map((name) => [name, one.emoji])));
  for (const [name, shown] of emoji) {
    assert.equal(shown, source.get(name), name);
    assert.match(name, /^[a-z0-9_+-]{1,40}$/, 'as the parser and the completion look for it');
  }
});
