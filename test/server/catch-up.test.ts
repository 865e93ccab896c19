import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

const OTHERS = { from: { id: 'u_other', name: 'other' }, room: 'general', at: 1 } as const;

/** A server whose `general` holds so many messages already. */
async function serverWith(t: TestContext, messages: number) {
  const storage = new MemoryStorage();
  const room = { room: 'general', kind: 'public', title: '', at: 0 } as const;
  await storage.createRoom(room);
  for (let n = 1; n <= messages; n += 1) await say(storage, n);
  const { url } = await serverFor(t, {}, { storage });
  return { url, storage };
}

function say(storage: MemoryStorage, n: number) {
  return storage.append({ type: 'message', ...OTHERS, text: `message ${n}` });
}

function seqs(frames: unknown): number[] {
  return Object(frames).map(({ seq }: { seq: number }) => seq);
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

test('4.4 replayed: everything after `after`, in order, up to head', async (t) => {
  const { url } = await serverWith(t, 10);
  const ann = await Peer.guest(url, 'ann');
  const join = { type: 'join', room: 'general', epoch: ann.welcome.epoch };
  const { catchUp, head, events, messages } = await ann.ask({ ...join, after: 6 });
  assert.deepEqual(
    { catchUp, head, messages },
    { catchUp: 'replayed', head: 10, messages: undefined },
  );
  assert.deepEqual(Object(events)[0], { type: 'message', ...OTHERS, seq: 7, text: 'message 7' });
  assert.deepEqual(seqs(events), [7, 8, 9, 10]);
});

test('4.4 replayed: from the beginning, and nothing where nothing was missed', async (t) => {
  const { url } = await serverWith(t, 10);
  const ann = await Peer.guest(url, 'ann');
  const fromStart = await ann.ask({ type: 'join', room: 'general', after: 0 });
  assert.deepEqual([fromStart.catchUp, seqs(fromStart.events)], ['replayed', upTo(1, 10)]);
  const current = await ann.ask({ type: 'join', room: 'general', after: 10 });
  assert.deepEqual([current.catchUp, current.events], ['replayed', []]);
});

test('4.4 4.14 replayed: changes that are no messages come too', async (t) => {
  const { url } = await serverWith(t, 1);
  const ann = await Peer.member(url, 'ann');
  await ann.ask({ type: 'setTopic', room: 'general', topic: 'cake' });
  const { events } = await ann.ask({ type: 'join', room: 'general', after: 1 });
  assert.deepEqual(events, [await ann.next('topicSet')]);
});

test('4.5 reset without an `after`: the latest 50, oldest first', async (t) => {
  const { url } = await serverWith(t, 120);
  const { joined } = await Peer.member(url, 'ann');
  assert.deepEqual([joined.catchUp, joined.head, joined.hasOlder], ['reset', 120, true]);
  assert.deepEqual(seqs(joined.messages), upTo(71, 120));
  assert.equal(joined.events, undefined);
});

test('4.5 reset without older messages says so', async (t) => {
  const { url } = await serverWith(t, 50);
  const { joined } = await Peer.member(url, 'ann');
  assert.deepEqual([seqs(joined.messages), joined.hasOlder], [upTo(1, 50), false]);
});

for (const [why, position] of [
  ['another epoch', { after: 5, epoch: 'another' }],
  ['an `after` beyond head', { after: 11 }],
  ['an `after` far beyond head', { after: Number.MAX_SAFE_INTEGER }],
] as const) {
  test(`4.5 4.6 reset for ${why}`, async (t) => {
    const { url } = await serverWith(t, 10);
    const ann = await Peer.guest(url, 'ann');
    const { catchUp, head, messages } = await ann.ask({
      type: 'join',
      room: 'general',
      ...position,
    });
    assert.deepEqual([catchUp, head, seqs(messages)], ['reset', 10, upTo(1, 10)]);
  });
}

test('4.5 1,000 behind is replayed, 1,001 behind is reset', async (t) => {
  const { url } = await serverWith(t, 1_500);
  const ann = await Peer.guest(url, 'ann');
  const near = await ann.ask({ type: 'join', room: 'general', after: 500 });
  assert.deepEqual([near.catchUp, seqs(near.events)], ['replayed', upTo(501, 1_500)]);
  const far = await ann.ask({ type: 'join', room: 'general', after: 499 });
  assert.deepEqual([far.catchUp, seqs(far.messages)], ['reset', upTo(1_451, 1_500)]);
});

test('4.4 4.5 the same holds for what was said while the room was open', async (t) => {
  const { url } = await serverWith(t, 0);
  const bob = await Peer.member(url, 'bob');
  const sends = upTo(1, 1_300).map((n) => bob.ask({ type: 'send', room: 'general', text: `${n}` }));
  await Promise.all(sends);
  for (const after of [300, 301, 700, 1_299]) {
    const { events } = await bob.ask({ type: 'join', room: 'general', after });
    assert.deepEqual(seqs(events), upTo(after + 1, 1_300));
  }
  const { catchUp } = await bob.ask({ type: 'join', room: 'general', after: 299 });
  assert.equal(catchUp, 'reset');
});

for (const [how, position] of [
  ['a replay', { after: 0 }],
  ['a reset', {}],
] as const) {
  test(`2.G4 4.7 live events start right after ${how}, while others go on sending`, async (t) => {
    const { url } = await serverWith(t, 5);
    const bob = await Peer.member(url, 'bob');
    const peers = await Promise.all(upTo(1, 40).map((n) => Peer.guest(url, `person-${n}`)));
    let said = 0;
    for (const [n, peer] of peers.entries()) {
      const join = () => peer.ask({ type: 'join', room: 'general', ...position });
      const joinsFirst = n % 2 === 0 ? join() : undefined;
      const sends = upTo(1, 1 + (n % 7)).map((m) =>
        bob.ask({ type: 'send', room: 'general', text: `${n}.${m}` }),
      );
      const joining = joinsFirst ?? join();
      said += sends.length;
      await Promise.all([joining, ...sends]);
    }
    const head = 5 + said;
    await bob.ask({ type: 'send', room: 'general', text: 'the last' });
    for (const peer of peers) {
      await peer.seen(({ seq }) => seq === head + 1);
      const joined = await peer.seen(({ catchUp }) => catchUp !== undefined);
      const before = seqs(joined.events ?? joined.messages);
      const live = seqs(peer.all('message'));
      assert.equal(before.at(-1), joined.head);
      assert.deepEqual(live, upTo(Number(joined.head) + 1, head + 1));
      if (how === 'a replay') assert.deepEqual([...before, ...live], upTo(1, head + 1));
    }
  });
}

test('4.5 4.7 what is said while a reset is read comes right behind it', async (t) => {
  class SlowPages extends MemoryStorage {
    readonly asked = Promise.withResolvers<void>();
    readonly given = Promise.withResolvers<void>();
    override async messages(...args: Parameters<MemoryStorage['messages']>) {
      const page = await super.messages(...args);
      if (args[0] === 'ops') {
        this.asked.resolve();
        await this.given.promise;
      }
      return page;
    }
  }
  const storage = new SlowPages();
  const { url } = await serverFor(t, {}, { storage });
  const bob = await Peer.guest(url, 'bob');
  await bob.ask({ type: 'create', room: 'ops' });
  await bob.ask({ type: 'join', room: 'ops', after: 0 });
  const say = (text: string) => bob.ask({ type: 'send', room: 'ops', text });
  await Promise.all(['one', 'two'].map(say));
  const ann = await Peer.guest(url, 'ann');
  const joining = ann.ask({ type: 'join', room: 'ops' });
  await storage.asked.promise;
  await Promise.all(['three', 'four'].map(say));
  storage.given.resolve();
  const { head, messages } = await joining;
  await say('five');
  assert.deepEqual([head, seqs(messages)], [2, [1, 2]]);
  await ann.seen(({ seq }) => seq === 5);
  assert.deepEqual(seqs(ann.all('message')), [3, 4, 5]);
});
