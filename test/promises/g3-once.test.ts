import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';

const send = { type: 'send', room: 'general', text: 'hello', key: 'k1' } as const;

test('2.G3 5.2 once: a key that was used before a restart gets its first answer after it', async (t) => {
  const folder = temporaryFolder();
  const before = await serve(t, folder);
  const ann = await Peer.member(before.url, 'ann');
  const first = await ann.ask(send);
  for (let n = 0; n < 50; n += 1) {
    await ann.ask({ type: 'send', room: 'general', text: `${n}`, key: `other-${n}` });
  }
  before.signal('SIGTERM');
  await before.exited;

  const { url } = await serve(t, folder);
  const back = await Peer.open(url);
  await back.ask({ type: 'hello', token: ann.welcome.token });
  await back.ask({ type: 'join', room: 'general' });
  const again = await back.ask({ ...send, text: 'changed' });
  assert.deepEqual(again, { ...first, ref: again.ref, duplicate: true });
  await back.settled();
  assert.deepEqual(back.all('message'), []);
  const { messages } = await back.ask({ type: 'history', room: 'general', limit: 200 });
  assert.equal(Object(messages).length, 51);
});

test('2.G3 once: of many retries at the same time, over many sockets, one acts', async (t) => {
  const { url } = await serverFor(t, { data: temporaryFolder() }, {});
  const ann = await Peer.member(url, 'ann');
  const sessions = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const peer = await Peer.open(url);
      await peer.ask({ type: 'hello', token: ann.welcome.token });
      await peer.ask({ type: 'join', room: 'general' });
      return peer;
    }),
  );
  const replies = await Promise.all(sessions.flatMap((peer) => [peer.ask(send), peer.ask(send)]));
  assert.deepEqual([...new Set(replies.map(({ seq }) => seq))], [1]);
  assert.deepEqual([...new Set(replies.map(({ at }) => at))].length, 1);
  assert.equal(replies.filter(({ duplicate }) => duplicate === true).length, 19);
  await ann.settled();
  assert.equal(ann.all('message').length, 1);
});
