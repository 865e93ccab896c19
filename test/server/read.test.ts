import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

async function annTwice(url: string) {
  const ann = await Peer.member(url, 'ann');
  const phone = await Peer.open(url);
  await phone.ask({ type: 'hello', token: ann.welcome.token });
  for (const text of ['one', 'two', 'three']) {
    await ann.ask({ type: 'send', room: 'general', text });
  }
  return { ann, phone };
}

test('5.8 5.9 a read mark moves forward, and the other sessions of that person are told', async (t) => {
  const { url } = await serverFor(t);
  const { ann, phone } = await annTwice(url);
  const bob = await Peer.member(url, 'bob');
  const reply = await ann.ask({ type: 'read', room: 'general', seq: 2 });
  assert.deepEqual(reply, { type: 'ok', ref: reply.ref, room: 'general', seq: 2 });
  assert.deepEqual(await phone.next('read'), { type: 'read', room: 'general', seq: 2 });
  await Promise.all([ann.settled(), bob.settled()]);
  assert.deepEqual([ann.all('read'), bob.all('read')], [[], []]);
});

test('5.8 5.9 a read mark never goes back, nor beyond what there is', async (t) => {
  const { url } = await serverFor(t);
  const { ann, phone } = await annTwice(url);
  await ann.ask({ type: 'read', room: 'general', seq: 2 });
  assert.equal((await ann.ask({ type: 'read', room: 'general', seq: 1 })).seq, 2);
  assert.equal((await phone.ask({ type: 'read', room: 'general', seq: 99 })).seq, 3);
  assert.deepEqual(await ann.next('read'), { type: 'read', room: 'general', seq: 3 });
  await phone.settled();
  assert.equal(phone.all('read').length, 1);
});

test('5.8 reading where one is no member is not_joined or not_found', async (t) => {
  const { url } = await serverFor(t);
  const ann = await Peer.guest(url, 'ann');
  assert.equal((await ann.ask({ type: 'read', room: 'general', seq: 1 })).code, 'not_joined');
  assert.equal((await ann.ask({ type: 'read', room: 'nowhere', seq: 1 })).code, 'not_found');
});
