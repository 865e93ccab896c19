import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';

test('1.7 1.9 commands run in the order they came, without waiting for one another’s answers', async (t) => {
  const { url } = await serverFor(t, { data: temporaryFolder() }, {});
  const peer = await Peer.open(url);
  const commands = [
    { type: 'hello', name: 'ann' },
    { type: 'join', room: 'general' },
    { type: 'send', room: 'general', text: 'one', key: 'k1' },
    { type: 'send', room: 'general', text: 'two', key: 'k2' },
    { type: 'setTopic', room: 'general', topic: 'three' },
    { type: 'send', room: 'general', text: 'one', key: 'k1' },
    { type: 'leave', room: 'general' },
    { type: 'send', room: 'general', text: 'outside' },
    { type: 'join', room: 'general', after: 0 },
    { type: 'send', room: 'general', text: 'four' },
  ];
  const replies = await Promise.all(commands.map((command) => peer.ask(command)));
  assert.deepEqual(
    replies.map(({ type, code, seq, head }) => code ?? seq ?? head ?? type).slice(1),
    [0, 1, 2, 3, 1, 'ok', 'not_joined', 3, 4],
  );
  assert.equal(replies[5]?.duplicate, true);
  const { messages } = await peer.ask({ type: 'history', room: 'general' });
  const texts = Object(messages).map(({ text }: { text: string }) => text);
  assert.deepEqual(texts, ['one', 'two', 'four']);
});

test('1.9 what one peer says keeps its order, whatever else it asks meanwhile', async (t) => {
  const { url } = await serverFor(t, { data: temporaryFolder() }, {});
  const ann = await Peer.member(url, 'ann');
  const texts = Array.from({ length: 300 }, (_, n) => `${n}`);
  const replies = texts.map((text, n) => {
    if (n % 10 === 9) ann.send({ type: 'join', room: 'general', after: 0 });
    return ann.ask({ type: 'send', room: 'general', text });
  });
  const seqs = (await Promise.all(replies)).map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    texts.map((_, n) => n + 1),
  );
  const { events } = await ann.ask({ type: 'join', room: 'general', after: 0 });
  assert.deepEqual(
    Object(events).map(({ text }: { text: string }) => text),
    texts,
  );
});

test('1.9 3.1 commands right behind a refused hello are not_authenticated', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  const replies = await Promise.all(
    [
      { type: 'hello', name: 'not a name' },
      { type: 'join', room: 'general' },
      { type: 'send', room: 'general', text: 'hello' },
    ].map((command) => peer.ask(command)),
  );
  assert.deepEqual(
    replies.map(({ code }) => code),
    ['name_invalid', 'not_authenticated', 'not_authenticated'],
  );
});
