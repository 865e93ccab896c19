import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageFailure } from '../../src/server/storage/storage.ts';
import { type Frame, Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { SlowDisk } from '../support/slow-disk.ts';

const change = { send: { text: 'hello' }, setTopic: { topic: 'cake' } } as const;

for (const type of ['send', 'setTopic'] as const) {
  test(`2.G1 durable: before a ${type} is on disk nobody hears of it, nor gets an ok`, async (t) => {
    const storage = new SlowDisk();
    const { url } = await serverFor(t, {}, { storage });
    const ann = await Peer.member(url, 'ann');
    const bob = await Peer.member(url, 'bob');
    ann.send({ type, room: 'general', ref: 'change', ...change[type] });
    await storage.begun.promise;
    await bob.settled();
    const seen = ({ ref, seq }: Frame) => ref === 'change' || seq !== undefined;
    assert.deepEqual([...ann.frames, ...bob.frames].filter(seen), []);
    storage.synced.resolve();
    await Promise.all([ann.seen(({ ref }) => ref === 'change'), bob.seen(({ seq }) => seq === 1)]);
  });

  test(`2.G1 8.2 durable: a ${type} that the disk refuses is unavailable, and nobody hears of it`, async (t) => {
    const storage = new SlowDisk();
    const { url } = await serverFor(t, {}, { storage });
    const ann = await Peer.member(url, 'ann');
    const bob = await Peer.member(url, 'bob');
    const refused = ann.ask({ type, room: 'general', ...change[type] });
    await storage.begun.promise;
    storage.synced.reject(new StorageFailure('the disk is full'));
    const { code, retryAfterMs } = await refused;
    assert.equal(code, 'unavailable');
    assert.ok(Number(retryAfterMs) > 0);
    await bob.settled();
    assert.deepEqual(
      bob.frames.filter(({ seq }) => seq !== undefined),
      [],
    );
  });
}

test('2.G1 durable: what others saw is there after kill -9, and so is every other change', async (t) => {
  const folder = temporaryFolder();
  const first = await serve(t, folder);
  const ann = await Peer.guest(first.url, 'ann');
  await ann.ask({ type: 'create', room: 'ops', title: 'Operations' });
  await ann.ask({ type: 'join', room: 'ops' });
  const bob = await Peer.member(first.url, 'bob', 'ops');
  await ann.ask({ type: 'setTopic', room: 'ops', topic: 'cake' });
  ann.send({ type: 'send', room: 'ops', text: 'seen by bob' });
  await bob.next('message');
  await bob.ask({ type: 'read', room: 'ops', seq: 2 });
  await bob.ask({ type: 'join', room: 'general' });
  await bob.ask({ type: 'leave', room: 'general' });
  await first.kill();

  const { url } = await serve(t, folder);
  const back = await Peer.open(url);
  const { rooms, user } = await back.ask({ type: 'hello', token: bob.welcome.token });
  assert.deepEqual(user, bob.welcome.user);
  assert.deepEqual(rooms, [{ room: 'ops', head: 2, read: 2, unread: 0, mentions: 0 }]);
  const { title, topic, messages } = await back.ask({ type: 'join', room: 'ops' });
  assert.deepEqual([title, topic], ['Operations', 'cake']);
  assert.deepEqual(
    Object(messages).map(({ text }: { text: string }) => text),
    ['seen by bob'],
  );
});
