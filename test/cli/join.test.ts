import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { Chinwag, serve } from '../support/process.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';

/** `chinwag join` as one person of one machine: `state` is where that machine remembers. */
function joinAs(t: TestContext, url: string, name: string, state = temporaryFolder()) {
  const args = ['join', url, 'general', '--name', name];
  return Chinwag.launch(t, { args, env: { XDG_STATE_HOME: state } });
}

test('echo hi | chinwag join says hi and exits 0', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const ann = joinAs(t, url, 'ann');
  ann.type('hi');
  ann.endInput();
  assert.equal((await ann.exited).code, 0);
  assert.match(ann.stdout, /^\d\d:\d\d ann: hi$/m);
  assert.equal((await bob.next('message')).text, 'hi');
});

test('every line of a long input is said once, in order', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const lines = Array.from({ length: 200 }, (_, n) => `line ${n}`);
  const ann = joinAs(t, url, 'ann');
  for (const line of lines) ann.type(line);
  ann.endInput();
  assert.equal((await ann.exited).code, 0);
  await bob.settled();
  assert.deepEqual(
    bob.all('message').map(({ text }) => text),
    lines,
  );
});

test('the same machine is the same person the next time, another one is not', async (t) => {
  const { url } = await serverFor(t);
  const state = temporaryFolder();
  for (const text of ['one', 'two']) {
    const ann = joinAs(t, url, 'ann', state);
    ann.type(text);
    ann.endInput();
    assert.equal((await ann.exited).code, 0);
  }
  const bob = await Peer.member(url, 'bob');
  const said = bob.joined.messages;
  assert.ok(Array.isArray(said));
  assert.equal(new Set(said.map(({ from }) => from.id)).size, 1);

  const impostor = joinAs(t, url, 'ann');
  impostor.endInput();
  assert.equal((await impostor.exited).code, 1);
  assert.match(impostor.stderr, /the name ann is somebody else's.*choose another/);
});

test('where nothing listens it says so, says what to do, and exits 3', async (t) => {
  const ann = joinAs(t, 'http://127.0.0.1:9', 'ann');
  ann.endInput();
  assert.equal((await ann.exited).code, 3);
  assert.match(ann.stderr, /nothing answers at http:\/\/127\.0\.0\.1:9; start a server with/);
});

test('a command line that makes no sense exits 2 and says what would', async (t) => {
  const confused = Chinwag.launch(t, { args: ['join', 'one', 'two'] });
  assert.equal((await confused.exited).code, 2);
  assert.match(confused.stderr, /one address and one room at the most/);
});

test('what others say cannot command the screen', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const ann = joinAs(t, url, 'ann');
  await bob.next('connected');
  await bob.ask({ type: 'send', room: 'general', text: 'a\u001b[2Jb\u0007c\u202ed\re' });
  await ann.printed(/bob: a\[2Jbcde\n/);
});

test('a conversation outlives a killed talker, a latecomer and a killed server', async (t) => {
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data, { args: ['--heartbeat', '300ms'] });
  const port = new URL(first.url).port;
  const ann = joinAs(t, first.url, 'ann');
  ann.type('one');
  await ann.printed(/ann: one/);
  const bob = joinAs(t, first.url, 'bob');
  await bob.printed(/ann: one/);
  bob.type('two');
  await ann.printed(/\* bob is here\n.*bob: two/);

  await bob.kill();
  await ann.printed(/\* bob is gone/);
  const cat = joinAs(t, first.url, 'cat');
  await cat.printed(/ann: one\n.*bob: two/);

  await first.kill();
  await cat.printed(/the connection is gone/);
  cat.type('said while the server was dead');
  const second = await serve(t, data, { args: ['--port', port] });
  assert.equal(second.url, first.url);
  await ann.printed(/cat: said while the server was dead/);
  ann.type('three');
  await cat.printed(/ann: three/);
  for (const talker of [ann, cat]) {
    talker.endInput();
    assert.equal((await talker.exited).code, 0);
    for (const text of ['one', 'two', 'said while the server was dead', 'three']) {
      assert.equal(talker.stdout.split(`: ${text}\n`).length, 2, `${text}, once`);
    }
  }
});
