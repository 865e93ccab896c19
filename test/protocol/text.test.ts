import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { limits } from '../../src/protocol/index.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { SqliteStorage } from '../../src/server/storage/sqlite/sqlite.ts';
import { allCharacters } from '../support/characters.ts';
import { Peer } from '../support/peer.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { within } from '../support/within.ts';

const kinds = {
  memory: async () => new MemoryStorage(),
  sqlite: async () => SqliteStorage.open(temporaryFolder()),
};

/** What tends to be changed on the way: forms that normalizing, trimming or escaping would touch. */
const delicate = [
  'é e\u0301 ﬁ ﷺ Å \u212b',
  ' leading, trailing and \t\r\n inner space \u00a0',
  '"quotes" \\back\\slashes\\ \\u0041 \u2028\u2029',
  '\u0001\u0002\u001b[31mred\u001b[0m\u007f\u0080\u009f',
  '\u202eright to left\u202c \u200b\u200d\ufeff',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 \u{10ffff} \uffff \ufffe \ufffd',
  'Zalgo'.split('').join('\u0300\u0301\u0302\u0303\u0304'),
  "'; DROP TABLE events; -- %s {0} <script>",
  '0',
];

for (const [kind, open] of Object.entries(kinds)) {
  test(`S6 fault 25: what is sent is what everyone gets, now and from history, on ${kind}`, async (t) => {
    const storage = await open();
    const { url } = await serverFor(t, {}, { storage });
    const [ann, bob] = [await Peer.member(url, 'ann'), await Peer.member(url, 'bob')];
    const characters = allCharacters(4_000);
    const sample = characters.filter(
      (_, n) => n < 20 || n % 25 === 0 || n === characters.length - 1,
    );
    for (const text of [...delicate, ...sample]) {
      const { seq } = await ann.ask({
        type: 'send',
        room: 'general',
        text,
        key: text.slice(0, 30),
      });
      assert.ok(typeof seq === 'number');
      const live = await bob.seen((frame) => frame.type === 'message' && frame.seq === seq);
      const page = await bob.ask({ type: 'history', room: 'general', around: seq, limit: 1 });
      const [kept] = Object(page.messages);
      assert.ok(live.text === text && kept.text === text, `${JSON.stringify(text.slice(0, 40))}`);
      assert.ok(kept.key === text.slice(0, 30));
      bob.frames.length = 0;
    }
    const topic = delicate.join('');
    await ann.ask({ type: 'setTopic', room: 'general', topic });
    assert.equal((await bob.ask({ type: 'join', room: 'general' })).topic, topic);
    await Promise.all([ann.close(), bob.close()]);
  });
}

test('8.3 fault 25: bytes that are no UTF-8 close the socket with 1007', async (t) => {
  const { url } = await serverFor(t);
  const invalid = [
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xe2, 0x82],
  ];
  for (const bytes of invalid) {
    const peer = await Peer.open(url);
    const frame = Buffer.concat([Buffer.from('{"type":"'), Buffer.from(bytes), Buffer.from('"}')]);
    peer.socket.send(frame, { binary: false });
    assert.equal((await within(peer.closed, 'a close')).code, 1007, frame.toString('hex'));
  }
});

test('1.12 fault 25: a NUL and half a surrogate pair are invalid and stored nowhere', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.member(url, 'ann');
  for (const bad of ['a\0b', '\ud800', '\udfff', '\udc00\ud800', 'x\ud83d']) {
    for (const command of [
      { type: 'send', room: 'general', text: bad },
      { type: 'setTopic', room: 'general', topic: bad },
      { type: 'create', room: 'ops', title: bad },
    ]) {
      const { code, field } = await peer.ask(command);
      assert.deepEqual([code, field], ['invalid', Object.keys(command).at(-1)]);
    }
  }
  const { head } = await peer.ask({ type: 'join', room: 'general' });
  assert.equal(head, 0);
  await peer.close();
});

test('1.12 fault 24: over a limit a text is too_long, and at the limit it is taken', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.member(url, 'ann');
  const room = 'general';
  const commands = [
    (n: number) => ({ type: 'setTopic', room, topic: '😀'.repeat(limits.topicChars + n) }),
    (n: number) => ({ type: 'send', room, text: '😀'.repeat(limits.textChars + n) }),
    (n: number) => ({ type: 'create', room: 'ops', title: '😀'.repeat(limits.titleChars + n) }),
    (n: number) => ({ type: 'rooms', query: '😀'.repeat(limits.queryChars + n) }),
    (n: number) => ({ type: 'send', room, text: 'a', key: 'k'.repeat(limits.keyChars + n) }),
  ];
  for (const command of commands) {
    const over = command(1);
    const { code, field } = await peer.ask(over);
    assert.deepEqual([code, field], ['too_long', Object.keys(over).at(-1)]);
    assert.equal((await peer.ask(command(0))).type, 'ok');
  }
  await peer.close();
});

test('1.6 8.3 fault 24: a frame of 65,536 bytes is answered, one byte more closes with 1009', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.member(url, 'ann');
  const frameOf = (bytes: number) => {
    const empty = JSON.stringify({ type: 'heartbeat', ref: 'big', x: '' });
    return JSON.stringify({ type: 'heartbeat', ref: 'big', x: 'x'.repeat(bytes - empty.length) });
  };
  peer.socket.send(frameOf(limits.frameBytes));
  assert.equal((await peer.seen(({ ref }) => ref === 'big')).type, 'ok');
  peer.socket.send(frameOf(limits.frameBytes + 1));
  assert.equal((await within(peer.closed, 'a close')).code, 1009);
});

test('1.5 fault 22: nothing of 30,000 levels or of a prototype gets further than an error', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.member(url, 'ann');
  const frames = [
    '['.repeat(30_000) + ']'.repeat(30_000),
    `{"type":"heartbeat","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    `{"type":"heartbeat","x":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    '['.repeat(60_000),
    '{"type":"heartbeat","__proto__":{"polluted":true}}',
    '{"type":"heartbeat","constructor":{"prototype":{"polluted":true}}}',
  ];
  for (const frame of frames) {
    peer.socket.send(frame);
    assert.equal((await peer.next('error')).code, 'bad_frame', frame.slice(0, 60));
  }
  await peer.settled();
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.equal((await peer.ask({ type: 'send', room: 'general', text: 'alive' })).type, 'ok');
  await peer.close();
});
