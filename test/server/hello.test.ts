import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../src/protocol/index.ts';
import { about } from '../../src/server/about.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { serverFor } from '../support/server.ts';
import { within } from '../support/within.ts';

test('3.2 3.3 3.6 3.7 3.10 a guest is welcomed with who it is, its token, and what the server keeps to', async (t) => {
  const storage = new MemoryStorage();
  const { url } = await serverFor(t, { heartbeatMs: 15_000 }, { storage });
  const peer = await Peer.open(url);
  const { session, user, token, ...rest } = await peer.ask({ type: 'hello', name: 'ann' });
  assert.deepEqual(rest, {
    type: 'welcome',
    ref: 'ask-1',
    epoch: storage.epoch,
    server: about,
    heartbeat: { everyMs: 15_000, timeoutMs: 45_000 },
    limits: { frameBytes: 65_536, textChars: 4_000 },
    rooms: [],
  });
  assert.match(String(session), /./);
  assert.match(String(token), /^\S{20,}$/);
  const { id, ...named } = Object(user);
  assert.match(id, /./);
  assert.deepEqual(named, { name: 'ann', kind: 'guest' });
});

test('1.8 a welcome comes to a hello without a ref too', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  peer.send({ type: 'hello', name: 'ann' });
  const welcome = await peer.next('welcome');
  assert.ok(!('ref' in welcome));
});

test('3.8 3.9 a welcome lists the rooms of this person, with what waits there', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await bob.ask({ type: 'send', room: 'general', text: 'hello' });
  await bob.ask({ type: 'send', room: 'general', text: 'and you, @ann?' });
  await ann.ask({ type: 'read', room: 'general', seq: 1 });
  await ann.close();

  const back = await Peer.open(url);
  const { rooms } = await back.ask({ type: 'hello', token: ann.welcome.token });
  assert.deepEqual(rooms, [{ room: 'general', head: 2, read: 1, unread: 1, mentions: 1 }]);
});

test('3.1 any other command before hello is not_authenticated', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  for (const command of [
    { type: 'join', room: 'general' },
    { type: 'leave', room: 'general' },
    { type: 'rooms' },
    { type: 'create', room: 'ops' },
    { type: 'setTopic', room: 'general', topic: 'cake' },
    { type: 'send', room: 'general', text: 'hello' },
    { type: 'history', room: 'general' },
    { type: 'read', room: 'general', seq: 1 },
    { type: 'typing', room: 'general' },
    { type: 'heartbeat' },
  ]) {
    const { type, code } = await peer.ask(command);
    assert.deepEqual({ type, code }, { type: 'error', code: 'not_authenticated' }, command.type);
  }
});

test('3.2 a second hello is a conflict and changes nothing', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.member(url, 'ann');
  assert.equal((await ann.ask({ type: 'hello', name: 'eve' })).code, 'conflict');
  await ann.ask({ type: 'send', room: 'general', text: 'still me' });
  assert.deepEqual((await ann.next('message')).from, personOf(ann));
});

test('3.2 8.1 a hello with neither a name nor a token is invalid, and says which field', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  const { code, field } = await peer.ask({ type: 'hello' });
  assert.deepEqual({ code, field }, { code: 'invalid', field: 'name' });
});

test('3.2 3.4 names that are empty, too long or not to be seen are name_invalid', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  for (const name of ['', 'a b', ' ann', 'a\tb', 'x'.repeat(33), 'a\u202eb', 'a\u200bb']) {
    const { code } = await peer.ask({ type: 'hello', name });
    assert.equal(code, 'name_invalid', JSON.stringify(name));
  }
  assert.equal((await peer.ask({ type: 'hello', name: 'x'.repeat(32) })).type, 'welcome');
});

test('3.5 a name, however it is spelt, is one person’s, who may be away', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  await ann.close();
  const other = await Peer.open(url);
  for (const name of ['ann', 'Ann', 'ANN', '\u0430nn', 'ａｎｎ']) {
    assert.equal((await other.ask({ type: 'hello', name })).code, 'name_taken', name);
  }
  assert.equal((await other.ask({ type: 'hello', name: 'bob' })).type, 'welcome');
});

test('3.5 of many who ask for one name at once, one gets it', async (t) => {
  const { url } = await serverFor(t);
  const peers = await Promise.all(Array.from({ length: 20 }, () => Peer.open(url)));
  const replies = await Promise.all(peers.map((peer) => peer.ask({ type: 'hello', name: 'ann' })));
  assert.equal(replies.filter(({ type }) => type === 'welcome').length, 1);
  assert.equal(replies.filter(({ code }) => code === 'name_taken').length, 19);
});

test('1.11 3.2 3.3 a token brings back the same id and name, also to several sessions at once', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  const again = await Peer.open(url);
  const welcome = await again.ask({ type: 'hello', token: ann.welcome.token });
  assert.deepEqual(welcome.user, ann.welcome.user);
  assert.equal(welcome.token, ann.welcome.token);
  assert.notEqual(welcome.session, ann.welcome.session);
});

test('3.2 3.3 a token that was never given out is bad_token', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  assert.equal((await peer.ask({ type: 'hello', token: 'made-up' })).code, 'bad_token');
  assert.equal((await peer.ask({ type: 'hello', name: 'ann' })).type, 'welcome');
});

test('3.1 8.3 no hello within 10 s closes the socket with 4401, and not sooner', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { storage: new MemoryStorage(), clock });
  const silent = await Peer.open(url);
  const busy = await Peer.open(url);
  const signedIn = await Peer.guest(url, 'ann');
  clock.advance(limits.helloMs - 100);
  await busy.ask({ type: 'heartbeat' });
  assert.equal(silent.socket.readyState, silent.socket.OPEN);
  clock.advance(200);
  for (const { closed } of [silent, busy]) {
    assert.equal((await within(closed, 'the end of its time')).code, 4401);
  }
  await signedIn.settled();
});

test('3.1 nobody is closed with 4401 while the server is still at its hello', async (t) => {
  const clock = new FakeClock();
  const storage = new SlowRegister();
  const { url } = await serverFor(t, {}, { storage, clock });
  const peer = await Peer.open(url);
  clock.advance(limits.helloMs - 2_000);
  const answer = peer.ask({ type: 'hello', token: 'made-up' });
  await storage.asked.promise;
  clock.advance(2.5 * limits.helloMs);
  storage.found.resolve();
  assert.equal((await answer).code, 'bad_token');
  clock.advance(1_900);
  await peer.settled();
  clock.advance(200);
  const { code } = await within(peer.closed, 'the end of its time, where it stood');
  assert.equal(code, 4401);
});

test('many may say hello at once, and 32 at a time are looked up', async (t) => {
  const storage = new SlowRegister();
  const { url } = await serverFor(t, {}, { storage });
  const peers = await Promise.all(Array.from({ length: 40 }, () => Peer.open(url)));
  const other = await Peer.guest(url, 'ann');
  const answers = peers.map((peer) => peer.ask({ type: 'hello', token: 'made-up' }));
  await within(storage.crowded.promise, '32 to be looked up');
  await other.settled();
  storage.found.resolve();
  for (const { code } of await Promise.all(answers)) assert.equal(code, 'bad_token');
  assert.equal(storage.most, 32);
});

/** A storage that takes as long to look someone up as the test likes. */
class SlowRegister extends MemoryStorage {
  readonly asked = Promise.withResolvers<void>();
  readonly found = Promise.withResolvers<void>();

  /** Resolves when 32 are being looked up. */
  readonly crowded = Promise.withResolvers<void>();
  /** So many were looked up at the same time. */
  most = 0;
  #now = 0;

  override async personByToken(token: string) {
    this.#now += 1;
    this.most = Math.max(this.most, this.#now);
    this.asked.resolve();
    if (this.#now === 32) this.crowded.resolve();
    await this.found.promise;
    this.#now -= 1;
    return super.personByToken(token);
  }
}
