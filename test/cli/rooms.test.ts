import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { Scripter } from '../support/script.ts';
import { serverFor } from '../support/server.ts';

test('rooms lists each room, how many are there and what it is about, and enters none', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await bob.ask({ type: 'create', room: 'operations', title: 'Op\u001bs' });
  await bob.ask({ type: 'join', room: 'operations' });
  await bob.ask({ type: 'setTopic', room: 'operations', topic: 'quiet\nweek' });
  const ci = new Scripter(t, url);
  const { code, stdout, stderr } = await ci.run('rooms');
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.equal(
    stdout,
    'ROOM         HERE  ABOUT\ngeneral         1\noperations      1  Ops: quiet week\n',
  );
  await bob.settled();
  assert.deepEqual(bob.all('connected'), []);
});

test('rooms --json prints a room a line', async (t) => {
  const { url } = await serverFor(t);
  const { code, stdout } = await new Scripter(t, url).run('rooms', '--json');
  assert.equal(code, 0);
  const facts = { kind: 'public', title: '', topic: '', head: 0, memberCount: 0, joined: false };
  assert.deepEqual(JSON.parse(stdout), { room: 'general', ...facts });
});

test('rooms takes an address and nothing else', async (t) => {
  const { url } = await serverFor(t);
  const nowhere = new Scripter(t, 'http://127.0.0.1:9');
  assert.equal((await nowhere.run('rooms', url)).code, 0);
  assert.equal((await nowhere.run('rooms', 'general')).code, 2);
  assert.equal((await nowhere.run('rooms')).code, 3);
});
