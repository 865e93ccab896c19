import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';

const SENDERS = 10;
const EACH = 100;
const TOTAL = SENDERS * EACH;

test('2.G2 one order: every member sees the same events in the same order, without gap or repeat', async (t) => {
  const { url } = await serverFor(t, { data: temporaryFolder() }, {});
  const senders = await Promise.all(
    Array.from({ length: SENDERS }, (_, n) => Peer.member(url, `sender-${n}`)),
  );
  const readers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => Peer.member(url, `reader-${n}`)),
  );
  const sent = senders.flatMap((peer, n) =>
    Array.from({ length: EACH }, (_, m) => {
      if (m % 25 === 24) return peer.ask({ type: 'setTopic', room: 'general', topic: `${n}.${m}` });
      return peer.ask({ type: 'send', room: 'general', text: `${n}.${m}`, key: `${n}.${m}` });
    }),
  );
  const replies = await Promise.all(sent);
  const numbers = Array.from({ length: TOTAL }, (_, n) => n + 1);
  assert.deepEqual(
    replies.map(({ seq }) => Number(seq)).sort((a, b) => a - b),
    numbers,
  );

  const [first, ...others] = await Promise.all(
    [...senders, ...readers].map(async (peer) => {
      await peer.seen(({ seq, type }) => seq === TOTAL && type !== 'ok');
      return peer.frames.filter(({ type }) => type === 'message' || type === 'topicSet');
    }),
  );
  assert.ok(first);
  assert.deepEqual(
    first.map(({ seq }) => seq),
    numbers,
  );
  for (const other of others) assert.deepEqual(other, first);
  const order = first.map(({ text, topic }) => String(text ?? topic));
  for (const n of senders.keys()) {
    assert.deepEqual(
      order.filter((said) => said.startsWith(`${n}.`)),
      Array.from({ length: EACH }, (_, m) => `${n}.${m}`),
    );
  }
});
