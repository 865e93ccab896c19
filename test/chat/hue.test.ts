import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hue } from '../../src/chat/hue.ts';

test('a name has one hue, in any case, for ever', () => {
  assert.equal(hue('Ann'), hue('ann'));
  assert.deepEqual(['ann', 'bob', '李雷', '🦊', ''].map(hue), [53, 70, 79, 279, 203]);
});

test('names spread evenly, those that are much alike too', () => {
  const sets = [
    Array.from({ length: 3_600 }, (_, n) => `user${n}`),
    Array.from({ length: 3_600 }, (_, n) => `${n.toString(36)}bot`),
    Array.from({ length: 3_600 }, (_, n) => String.fromCodePoint(0x4e00 + n)),
  ];
  for (const names of sets) {
    for (const colours of [8, 12, 36]) {
      const counts = new Array<number>(colours).fill(0);
      for (const name of names) {
        const colour = Math.floor((hue(name) * colours) / 360);
        counts[colour] = (counts[colour] ?? 0) + 1;
      }
      const expected = names.length / colours;
      const chi = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      assert.ok(chi < colours * 2 + 10, `${names[0]}… over ${colours}: ${counts}`);
    }
  }
});
