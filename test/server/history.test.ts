import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Frame, Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

/** One who is in `general`, where messages 1 to 300 are but 150 is a topic. */
async function reader(t: TestContext): Promise<Peer> {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  for (let seq = 1; seq <= 300; seq += 1) {
    if (seq === 150) ann.send({ type: 'setTopic', room: 'general', topic: 'cake' });
    else ann.send({ type: 'send', room: 'general', text: `message ${seq}` });
  }
  await ann.seen(({ seq }) => seq === 300);
  return ann;
}

function page({ messages, hasOlder, hasNewer }: Frame) {
  const seqs: number[] = Object(messages).map(({ seq }: { seq: number }) => seq);
  return [seqs.at(0), seqs.at(-1), seqs.length, hasOlder, hasNewer];
}

test('5.5 history: pages before, after and around a seq, oldest first', async (t) => {
  const ann = await reader(t);
  const history = async (range: object) =>
    page(await ann.ask({ type: 'history', room: 'general', ...range }));

  assert.deepEqual(await history({}), [251, 300, 50, true, false]);
  assert.deepEqual(await history({ limit: 200 }), [100, 300, 200, true, false]);
  assert.deepEqual(await history({ before: 251 }), [201, 250, 50, true, true]);
  assert.deepEqual(await history({ before: 11, limit: 10 }), [1, 10, 10, false, true]);
  assert.deepEqual(await history({ before: 1 }), [undefined, undefined, 0, false, true]);
  assert.deepEqual(await history({ after: 0, limit: 10 }), [1, 10, 10, false, true]);
  assert.deepEqual(await history({ after: 290 }), [291, 300, 10, true, false]);
  assert.deepEqual(await history({ after: 300 }), [undefined, undefined, 0, true, false]);
  assert.deepEqual(await history({ around: 200, limit: 20 }), [190, 209, 20, true, true]);
  const [first, , , hasOlder, hasNewer] = await history({ around: 1, limit: 20 });
  assert.deepEqual([first, hasOlder, hasNewer], [1, false, true]);
});

test('5.6 history holds messages only, each as it stands now', async (t) => {
  const ann = await reader(t);
  const { messages } = await ann.ask({ type: 'history', room: 'general', around: 150, limit: 2 });
  const [event] = ann.all('message').filter(({ seq }) => seq === 149);
  assert.ok(event);
  const { type: _, ...message } = event;
  assert.deepEqual(Object(messages)[0], message);
  assert.equal(Object(messages)[1].seq, 151);
});

test('5.5 history takes one range, and a limit from 1 to 200', async (t) => {
  const ann = await reader(t);
  const history = { type: 'history', room: 'general' };
  for (const wrong of [
    { before: 10, after: 5 },
    { limit: 0 },
    { limit: 201 },
    { limit: 1.5 },
    { before: 0 },
    { after: -1 },
    { around: '5' },
  ]) {
    assert.equal((await ann.ask({ ...history, ...wrong })).code, 'invalid', JSON.stringify(wrong));
  }
  assert.equal((await ann.ask({ ...history, room: 'nowhere' })).code, 'not_found');
});

test('5.7 one need not be in a room to read its history', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  await ann.ask({ type: 'send', room: 'general', text: 'to whom it may concern' });
  const bob = await Peer.guest(url, 'bob');
  const { messages } = await bob.ask({ type: 'history', room: 'general' });
  assert.equal(Object(messages)[0].text, 'to whom it may concern');
  await ann.settled();
  assert.deepEqual(ann.all('connected'), []);
});
