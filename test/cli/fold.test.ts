import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { fold, type Part } from '../../src/cli/fold.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { diceFor } from '../support/seed.ts';

const WINDOW_MS = 250;

function folding(options: { limit?: number; windowMs?: number } = { windowMs: WINDOW_MS }) {
  const clock = new FakeClock();
  const input = new PassThrough({ encoding: 'utf8' });
  const stop = new AbortController();
  const parts = fold(input, { limit: 20, clock, stop: stop.signal, ...options });
  return { clock, input, stop, parts };
}

async function all(parts: AsyncIterable<Part>): Promise<Part[]> {
  const found: Part[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

test('lines within the window are one message, a later one is the next', async () => {
  const { clock, input, parts } = folding();
  const first = parts.next();
  input.write('one\n');
  await clock.advance(WINDOW_MS - 1);
  input.write('two\nthr');
  await clock.advance(1);
  assert.deepEqual((await first).value, { text: 'one\ntwo', first: 1, last: 2 });
  const second = parts.next();
  input.write('ee\n');
  await clock.advance(WINDOW_MS);
  assert.deepEqual((await second).value, { text: 'three', first: 3, last: 3 });
});

test('half a line waits for its other half, however long', async () => {
  const { clock, input, parts } = folding();
  const first = parts.next();
  input.write('hal');
  await clock.advance(10 * WINDOW_MS);
  input.write('f\n');
  await clock.advance(WINDOW_MS);
  assert.equal((await first).value?.text, 'half');
});

test('a full message goes at once, cut between lines', async () => {
  const { input, parts } = folding();
  input.end('eight ch\neight ch\n\n\neight ch');
  assert.deepEqual(await all(parts), [
    { text: 'eight ch\neight ch', first: 1, last: 2 },
    { text: 'eight ch', first: 5, last: 5 },
  ]);
});

test('a line over the limit is cut between characters as people see them', async () => {
  const { input, parts } = folding({ limit: 3 });
  const accented = 'e\u0301';
  input.end(`ab${accented}${accented}😀😀😀x`);
  const texts = (await all(parts)).map(({ text }) => text);
  assert.deepEqual(texts, ['ab', accented, `${accented}😀`, '😀😀x']);
});

test('one character that is longer than a message is cut all the same', async () => {
  const { input, parts } = folding({ limit: 3 });
  input.end(`a${'\u0301'.repeat(7)}`);
  assert.deepEqual(
    (await all(parts)).map(({ text }) => text.length),
    [3, 3, 2],
  );
});

test('every way to end a line ends one, also where a chunk ends in the middle of it', async () => {
  const { input, parts } = folding({});
  for (const chunk of ['a\r', '\nb\rc\r', 'd\n', 'e\r']) input.write(chunk);
  input.end();
  assert.deepEqual(await all(parts), [{ text: 'a\nb\nc\nd\ne', first: 1, last: 5 }]);
});

test('what has come when it is stopped is given, what comes later is not', async () => {
  const { clock, input, stop, parts } = folding();
  const first = parts.next();
  input.write('one\ntw');
  await clock.advance(1);
  stop.abort();
  input.write('o\n');
  assert.equal((await first).value?.text, 'one\ntw');
  assert.equal((await parts.next()).done, true);
});

test('without a window the same input gives the same messages, however it comes, and loses nothing', async (t) => {
  const dice = diceFor(t);
  const letters = ['a', 'b', 'é', 'e\u0301', '😀', '👩‍👩‍👧', '\n', '\n', '\r\n', ' '];
  for (let round = 0; round < 200; round += 1) {
    const text = Array.from({ length: dice.below(200) }, () => letters[dice.below(letters.length)]);
    const whole = text.join('');
    const [once, again] = [folding({ limit: 7 }), folding({ limit: 7 })];
    once.input.end(whole);
    const units = Buffer.from(whole);
    for (let at = 0; at < units.length; ) {
      const size = 1 + dice.below(9);
      again.input.write(units.subarray(at, at + size));
      at += size;
    }
    again.input.end();
    const parts = await all(once.parts);
    assert.deepEqual(await all(again.parts), parts);
    const said = parts
      .map((part) => part.text)
      .join('')
      .replaceAll('\n', '');
    assert.equal(said, whole.replace(/[\r\n]/g, ''));
    for (const part of parts) assert.ok([...part.text].length <= 7);
  }
});
