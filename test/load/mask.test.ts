import assert from 'node:assert/strict';
import test from 'node:test';
import { maskedFrame, opcodes } from '../../src/load/mask.ts';

const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

test('the example of RFC 6455 §5.7: a masked "Hello"', () => {
  const frame = maskedFrame(opcodes.text, Buffer.from('Hello'), mask);
  assert.equal(frame.toString('hex'), '818537fa213d7f9f4d5158');
});

for (const [length, header] of [
  [125, '81fd'],
  [126, '81fe007e'],
  [65_535, '81feffff'],
  [65_536, '81ff0000000000010000'],
] as const) {
  test(`${length} bytes have the header ${header}, and unmask to themselves`, () => {
    const payload = Buffer.alloc(length, 'chinwag');
    const frame = maskedFrame(opcodes.text, payload, mask);
    const start = header.length / 2 + 4;
    assert.equal(frame.toString('hex', 0, start), header + mask.toString('hex'));
    const unmasked = frame.subarray(start).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    assert.ok(payload.equals(unmasked));
  });
}
