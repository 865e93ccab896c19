import assert from 'node:assert/strict';
import test from 'node:test';
import { FrameScanner } from '../../src/load/scanner.ts';
import { framed, textFrame } from '../../src/protocol/index.ts';
import { seeded, seedFor } from '../support/seed.ts';

function collect() {
  const texts: string[] = [];
  const scanner = new FrameScanner({
    known: (_bytes, at) => at,
    frame: (_opcode, bytes, _at, start, end) => texts.push(bytes.toString('utf8', start, end)),
  });
  return { scanner, texts };
}

test('frames come out whole and in order however the stream is chunked', (t) => {
  const random = seeded(seedFor(t));
  for (let round = 0; round < 50; round += 1) {
    // Rounds of large frames in large chunks take turns with small ones, where every cut is met.
    const large = round % 2 === 0;
    const sizes = [0, 1, 125, 126, 127, 300, ...(large ? [65_535, 65_536, 70_000] : [])];
    const longest = large ? 65_536 : 200;
    const sent = Array.from({ length: 40 }, (_, index) => {
      const size = sizes[Math.floor(random() * sizes.length)] ?? 0;
      return `${index}:`.padEnd(size, 'chinwag ');
    });
    const stream = Buffer.concat(sent.map(textFrame));
    const { scanner, texts } = collect();
    for (let at = 0; at < stream.length; ) {
      const length = 1 + Math.floor(random() * (random() < 0.5 ? 12 : longest));
      const chunk = Buffer.concat([Buffer.alloc(3), stream.subarray(at, at + length)]);
      scanner.push(chunk, 3, chunk.length);
      chunk.fill(0);
      at += length;
    }
    assert.deepEqual(texts, sent);
  }
});

test('one byte at a time is enough', () => {
  const { scanner, texts } = collect();
  for (const byte of textFrame('x'.repeat(200))) scanner.push(Buffer.from([byte]), 0, 1);
  assert.deepEqual(texts, ['x'.repeat(200)]);
});

test('control frames come with their opcode', () => {
  const seen: number[] = [];
  const scanner = new FrameScanner({
    known: (_bytes, at) => at,
    frame: (opcode) => seen.push(opcode),
  });
  scanner.push(Buffer.from([0x89, 0, 0x8a, 0, 0x88, 0, 0x81, 0]), 0, 8);
  assert.deepEqual(seen, [9, 10, 8, 1]);
});

for (const [what, first, second] of [
  ['masked', 0x81, 0x81],
  ['compressed', 0xc1, 1],
  ['fragmented', 0x01, 1],
  ['continued', 0x80, 1],
] as const) {
  test(`a ${what} frame is refused`, () => {
    const frame = Buffer.from(framed([Buffer.from('x')]));
    frame[0] = first;
    frame[1] = second;
    assert.throws(() => collect().scanner.push(frame, 0, frame.length), /the server sent a/);
  });
}
