import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decoded, decodeCommand } from '../../src/protocol/index.ts';
import wire from '../../src/protocol/schema.json' with { type: 'json' };
import { commandTable, wrongValues } from '../support/commands.ts';

test('the table of this test knows every command and every field', () => {
  assert.deepEqual(Object.keys(commandTable).sort(), Object.keys(wire.commands).sort());
  for (const [type, schema] of Object.entries(wire.commands)) {
    const { fields, valid } = lookUp(type);
    const named = Object.keys(schema.properties).filter(
      (field) => !['type', 'ref'].includes(field),
    );
    assert.deepEqual(Object.keys(fields).sort(), named.sort(), type);
    assert.deepEqual(Object.keys(valid).sort(), named.sort(), type);
  }
});

test('1.4 a well-formed command is taken, with unknown fields left alone', () => {
  for (const [type, { valid }] of Object.entries(commandTable)) {
    const command = { type, ref: 7, ...valid, unknown: { deep: [null, true] } };
    assert.deepEqual(decode(command), { ok: true, command });
  }
});

test('8.1 every wrong value of every field is invalid, with the field named', () => {
  for (const [type, { fields, valid }] of Object.entries(commandTable)) {
    for (const [name, field] of Object.entries(fields)) {
      for (const wrong of wrongValues(field)) {
        const decoded = decode({ type, ref: 'r', ...valid, [name]: wrong });
        assertRefused(decoded, 'invalid', name, `${type} ${name} ${JSON.stringify(wrong)}`);
        assert.equal(decoded.ok ? '' : decoded.ref, 'r');
      }
    }
  }
});

test('8.1 what is missing is invalid, with the field named', () => {
  for (const [type, schema] of Object.entries(wire.commands)) {
    for (const name of schema.required.filter((field) => field !== 'type')) {
      const whole: Record<string, unknown> = { type, ...lookUp(type).valid };
      const { [name]: _, ...rest } = whole;
      assertRefused(decode(rest), 'invalid', name, `${type} without ${name}`);
    }
  }
});

test('1.12 5.1 fault 24: a text over its limit is too_long, at its limit it is taken; code points count', () => {
  for (const [type, { fields, valid }] of Object.entries(commandTable)) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.kind !== 'text') continue;
      for (const character of ['x', '😀']) {
        const most: object = { type, ...valid, [name]: character.repeat(field.most) };
        assert.equal(decode(most).ok, true, `${type} ${name}`);
        const over = { ...most, [name]: character.repeat(field.most + 1) };
        assertRefused(decode(over), 'too_long', name, `${type} ${name}`);
      }
      const marks = `a${'\u0301'.repeat(field.most)}`;
      assertRefused(decode({ type, ...valid, [name]: marks }), 'too_long', name, 'combining marks');
    }
  }
});

test('1.7 1.8 a ref is a string of at most 64 characters or a safe integer', () => {
  for (const ref of ['', 'a', '😀'.repeat(64), 0, -1, 2 ** 53 - 1, 1 - 2 ** 53]) {
    assert.equal(decode({ type: 'heartbeat', ref }).ok, true, String(ref));
    const refused = decode({ type: 'nonsense', ref });
    assert.equal(refused.ok ? '' : refused.ref, ref, 'an error echoes it');
  }
  for (const ref of ['a'.repeat(65), 1.5, 2 ** 53, 1e300, null, true, [], {}, ['a']]) {
    for (const type of ['heartbeat', 'nonsense']) {
      const refused = decode({ type, ref });
      assert.ok(!refused.ok && !('ref' in refused), `${JSON.stringify(ref)} is echoed`);
    }
    const refused = decode({ type: 'heartbeat', ref });
    assert.ok(!refused.ok && refused.refusal.hints.field === 'ref');
  }
});

test('1.4 an unknown type is unknown_type, whatever objects happen to have', () => {
  const types = [
    'nonsense',
    '',
    'HELLO',
    'hello ',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ];
  for (const type of [...types, undefined, null, 1, true, [], ['hello'], { type: 'hello' }]) {
    assertRefused(decode({ type, ref: 1 }), 'unknown_type', undefined, JSON.stringify(type));
  }
});

test('1.5 what is no JSON object is bad_frame, without a ref', () => {
  const frames = [
    '',
    ' ',
    'hello',
    '[]',
    '"hello"',
    '1',
    'null',
    'true',
    '[{"type":"heartbeat"}]',
    '{',
    '{}{}',
    "{'type':1}",
  ];
  for (const frame of frames) {
    const decoded = decodeCommand(new TextEncoder().encode(frame));
    assertRefused(decoded, 'bad_frame', undefined, frame);
    assert.ok(!('ref' in decoded));
  }
});

test('1.5 1.12 fault 25: invalid UTF-8 is bad_frame, a NUL and half a pair are invalid, and the field is named', () => {
  const invalid = [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]];
  for (const bytes of invalid) {
    const frame = Buffer.concat([Buffer.from('{"type":"'), Buffer.from(bytes), Buffer.from('"}')]);
    assertRefused(decodeCommand(frame), 'bad_frame', undefined, frame.toString('hex'));
  }
  for (const bad of ['\\ud800', '\\udc00', '\\udc00\\ud800', 'a\\u0000b']) {
    for (const [name, frame] of [
      ['text', `{"type":"send","room":"general","text":"${bad}"}`],
      ['key', `{"type":"send","room":"general","text":"a","key":"${bad}"}`],
      ['topic', `{"type":"setTopic","room":"general","topic":"${bad}"}`],
      ['title', `{"type":"create","room":"ops","title":"${bad}"}`],
      ['query', `{"type":"rooms","query":"${bad}"}`],
      ['token', `{"type":"hello","token":"${bad}"}`],
      ['ref', `{"type":"heartbeat","ref":"${bad}"}`],
    ] as const) {
      assertRefused(decodeCommand(Buffer.from(frame)), 'invalid', name, frame);
    }
  }
});

test('1.5 fault 22: 30,000 levels, and fields after a prototype, are bad_frame; nothing is polluted', () => {
  const deep = (open: string, close: string, levels: number) =>
    `{"type":"heartbeat","x":${open.repeat(levels)}1${close.repeat(levels)}}`;
  const refused = [
    deep('[', ']', 30_000),
    deep('{"a":', '}', 30_000),
    deep('[', ']', 32),
    '{"type":"heartbeat","__proto__":{"polluted":1}}',
    '{"type":"heartbeat","constructor":{"prototype":{"polluted":1}}}',
    '{"type":"heartbeat","a":[{"b":{"__proto__":1}}]}',
    '{"type":"heartbeat","a":{"constructor":null}}',
    '{"\\u005f_proto__":1,"type":"heartbeat"}',
    '{"__proto__":null}',
  ];
  for (const frame of refused) {
    const decoded = decodeCommand(Buffer.from(frame));
    assertRefused(decoded, 'bad_frame', undefined, frame.slice(0, 60));
  }
  assert.equal(decodeCommand(Buffer.from(deep('[', ']', 31))).ok, true, 'depth 32 is fine');
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

function decode(frame: unknown): Decoded {
  return decodeCommand(new TextEncoder().encode(JSON.stringify(frame)));
}

function lookUp(type: string) {
  const entry = commandTable[type];
  if (entry === undefined) throw new Error(`the table has no ${type}`);
  return entry;
}

function assertRefused(decoded: Decoded, code: string, field: string | undefined, what: string) {
  assert.ok(!decoded.ok, `${what} is taken`);
  assert.equal(decoded.refusal.code, code, what);
  assert.equal(decoded.refusal.hints.field, field, what);
  assert.ok(decoded.refusal.message.length > 10);
}
