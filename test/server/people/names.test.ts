import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../../../src/protocol/index.ts';
import { nameForms, properName } from '../../../src/server/people/names.ts';
import { Peer } from '../../support/peer.ts';
import { serverFor } from '../../support/server.ts';

/** For each name, others that a reader takes for it. */
const lookalikes: Readonly<Record<string, readonly string[]>> = {
  ann: [
    'Ann',
    'ANN',
    'аnn', // Cyrillic а
    'Аnn', // Cyrillic capital
    'αnn', // Greek
    'ａｎｎ', // fullwidth
    '𝐚𝐧𝐧', // mathematical bold
    '𝒶𝓃𝓃', // script
    '𝔞𝔫𝔫', // Fraktur
    '🄰🄽🄽'.normalize('NFKC'), // squared
    'ⓐⓝⓝ', // circled
    'ɑnn', // Latin alpha
    'aոn', // Armenian vo
    'ᴀɴɴ'.replaceAll('ᴀ', 'a').replaceAll('ɴ', 'n'),
  ],
  paypal: ['рaypal', 'pаypаl', 'раураӏ', 'paypaI', 'paypa1', 'PAYPAL', 'paypaⅼ', 'ρaypal'],
  admin: ['аdmin', 'adrnin', 'ADMIN', 'admіn', 'ａｄｍｉｎ', 'admın', 'ɑdmin'],
  bill: ['biIl', 'bi11', 'BILL', 'bi||', 'biⅼl', 'Ьill', 'bіll'],
  c0de: ['cOde', 'code', 'сode', 'c০de', 'CODE'],
  josé: ['jose\u0301', 'JOSÉ', 'ｊosé'],
  straße: ['STRASSE', 'strasse', 'Straße', 'STRAẞE'],
  scope: ['ѕсоре', 'SCOPE', 'ꜱcope'.replace('ꜱ', 's'), 'scοpe'],
};

const unseen = {
  'zero width space': 'a\u200bnn',
  'zero width joiner': 'a\u200dnn',
  'word joiner': 'ann\u2060',
  'byte order mark': '\ufeffann',
  'soft hyphen': 'a\u00adnn',
  'right-to-left override': 'ann\u202e',
  'right-to-left mark': 'ann\u200f',
  isolate: '\u2066ann\u2069',
  'Hangul filler': 'ann\u3164',
  'Braille blank': 'ann\u2800',
  'variation selector': 'ann\ufe0f',
  'tag character': 'ann\u{e0061}',
  space: 'ann ann',
  'no-break space': 'ann\u00a0',
  'ideographic space': '\u3000ann',
  tab: 'ann\t',
  'line feed': 'ann\n',
  'line separator': 'ann\u2028',
  NUL: 'ann\0',
  escape: 'ann\u001b[31m',
  delete: 'ann\u007f',
  'C1 control': 'ann\u009b',
  'private use': 'ann\ue000',
  unassigned: 'ann\u{e0fff}',
  'lone surrogate': 'ann\ud800',
  'mark without a letter': '\u0301ann',
  empty: '',
};

test('3.4 what cannot be seen is in no name', () => {
  for (const [what, name] of Object.entries(unseen)) {
    assert.throws(
      () => properName(name),
      (error) => error instanceof Refusal && error.code === 'name_invalid',
      what,
    );
  }
});

test('1.12 3.4 a name has 1 to 32 characters, counted as code points after NFKC', () => {
  assert.equal(properName('x'), 'x');
  assert.equal(properName('😀'.repeat(32)), '😀'.repeat(32));
  assert.throws(() => properName('😀'.repeat(33)), /longer than 32/);
  assert.throws(
    () => properName('ﷺ'.repeat(2)),
    /./,
    'one character that NFKC makes 18 with spaces',
  );
  assert.throws(() => properName('ﬃ'.repeat(11)), /longer than 32/);
  assert.equal(properName('ﬃ'.repeat(10)), 'ffi'.repeat(10));
});

test('3.4 a name is kept in NFKC', () => {
  assert.equal(properName('ａｎｎ'), 'ann');
  assert.equal(properName('jose\u0301'), 'josé');
  assert.equal(properName('①Ⅳ'), '1IV');
});

test('3.4 names of every script are welcome', () => {
  for (const name of [
    '李雷',
    'Ольга',
    'محمد',
    'עידו',
    'प्रिया',
    'สมชาย',
    '김철수',
    'さくら',
    'Ζωή',
    '🦊',
  ]) {
    assert.equal(properName(name), name.normalize('NFKC'));
  }
});

test('3.5 fault 29: look-alikes share a form with the name they look like', () => {
  for (const [name, others] of Object.entries(lookalikes)) {
    const held = new Set(nameForms(properName(name)));
    for (const other of others) {
      const forms = nameForms(properName(other));
      assert.ok(
        forms.some((form) => held.has(form)),
        `${other} passes beside ${name}: ${forms} and ${[...held]}`,
      );
    }
  }
});

test('3.5 names that look different are different', () => {
  const names = [
    'ann',
    'anna',
    'hannah',
    'bob',
    'rob',
    'eva',
    'ева2',
    'ola',
    'josé',
    'jose',
    '李雷',
    '李蕾',
  ];
  const forms = names.map((name) => nameForms(name));
  for (const [n, own] of forms.entries()) {
    for (const other of forms.slice(n + 1)) {
      assert.ok(!own.some((form) => other.includes(form)), `${own} and ${other}`);
    }
  }
});

test('3.4 3.5 fault 29: over the wire every look-alike of a name that is held is refused', async (t) => {
  const { url } = await serverFor(t);
  for (const name of Object.keys(lookalikes)) {
    assert.equal((await Peer.guest(url, name)).welcome.type, 'welcome', name);
  }
  const stranger = await Peer.open(url);
  for (const others of Object.values(lookalikes)) {
    for (const name of others) {
      const reply = await stranger.ask({ type: 'hello', name });
      assert.equal(reply.code, 'name_taken', name);
    }
  }
  for (const [what, name] of Object.entries(unseen)) {
    const { code, field } = await stranger.ask({ type: 'hello', name });
    assert.deepEqual({ code, field }, { code: 'name_invalid', field: 'name' }, what);
  }
});
