import assert from 'node:assert/strict';
import test from 'node:test';
import { counterOf, Stamp, senderOf, stampChars, timeOf } from '../../src/load/stamp.ts';

test('a stamp is read back from wherever it stands in a frame', () => {
  const stamp = new Stamp('abc', 100);
  for (const [sender, counter, time] of [
    [0, 0, 0],
    [7, 64 ** 5 - 1, 2 ** 36 - 1],
    [64 ** 3 - 1, 4096, 3_600_000_000],
  ] as const) {
    const text = stamp.text(sender, counter, time);
    assert.equal(text.length, 100);
    for (const before of ['', '{"seq":9,"text":"', '{"seq":10,"text":"~ab', '{"text":"']) {
      const frame = Buffer.from(`${before}${text}"}`);
      const fields = stamp.find(frame, 0, frame.length);
      const read = [senderOf(frame, fields), counterOf(frame, fields), timeOf(frame, fields)];
      assert.deepEqual(read, [sender, counter, time]);
    }
  }
});

test('the least text that carries a stamp is no longer than told', () => {
  assert.equal(new Stamp('abcdefg', stampChars).text(1, 2, 3).length, stampChars);
});

test('a frame of another run, or one cut short, has no stamp', () => {
  const mine = new Stamp('mine', 40);
  const other = Buffer.from(new Stamp('other', 40).text(1, 2, 3));
  assert.equal(mine.find(other, 0, other.length), -1);
  const own = Buffer.from(mine.text(1, 2, 3));
  assert.equal(mine.find(own, 0, 3), -1);
});
