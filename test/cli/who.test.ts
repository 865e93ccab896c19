import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { personOf } from '../support/person.ts';
import { Scripter } from '../support/script.ts';
import { serverFor } from '../support/server.ts';

test('who lists who is in a room, without who asks, and leaves no member behind', async (t) => {
  const { url } = await serverFor(t);
  const [bob] = [await Peer.member(url, 'bob', 'ops'), await Peer.member(url, 'ann', 'ops')];
  const ci = new Scripter(t, url);
  const { code, stdout, stderr } = await ci.run('who', 'ops');
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.deepEqual(stdout.trimEnd().split('\n').sort(), ['ann', 'bob']);
  const rooms = (await ci.run('rooms', '--json')).stdout.trimEnd().split('\n');
  for (const room of rooms) assert.equal(JSON.parse(room).joined, false);
  const json = await ci.run('who', 'ops', '--json');
  const people = json.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.ok(people.some(({ id }) => id === personOf(bob).id));
});

test('who asks from elsewhere too is on the list, and stays a member', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  const tail = ci.start('tail');
  await bob.next('connected');
  assert.deepEqual((await ci.run('who')).stdout.trimEnd().split('\n').sort(), ['bob', 'ci']);
  await bob.ask({ type: 'send', room: 'general', text: 'still there?' });
  await tail.printed(/still there\?/);
});

test('who says so of an empty room, and of one that there is not', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const empty = await ci.run('who');
  assert.deepEqual({ code: empty.code, stdout: empty.stdout }, { code: 0, stdout: '' });
  assert.match(empty.stderr, /nobody is in general/);
  const { code, stderr } = await ci.run('who', 'nowhere');
  assert.equal(code, 1);
  assert.match(stderr, /there is no room nowhere; "chinwag rooms" lists those there are/);
});
