import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEntry } from '../../src/chat/outbox-entry.ts';

const entry = { room: 'ops', key: 'k', text: 'hello', at: 1 };

test('an entry is known by all that it has, and what lacks a part or has it wrong is none', () => {
  for (const good of [
    entry,
    { ...entry, replyTo: 3 },
    { ...entry, replyTo: undefined, refused: undefined },
    { ...entry, refused: { code: 'forbidden', message: 'no' } },
  ]) {
    assert.equal(isEntry(good), true, JSON.stringify(good));
  }
  for (const bad of [
    undefined,
    null,
    'hello',
    [],
    { ...entry, room: 1 },
    { ...entry, text: undefined },
    { ...entry, at: '1' },
    { ...entry, replyTo: '3' },
    { ...entry, refused: 'no' },
    { ...entry, refused: { code: 'forbidden' } },
  ]) {
    assert.equal(isEntry(bad), false, JSON.stringify(bad));
  }
});
