import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/server/clock.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { finished, Scripter } from '../support/script.ts';
import { serverFor, silentLog, temporaryFolder } from '../support/server.ts';
import { onTerminal } from '../support/terminal.ts';
import { lacking } from '../support/tools.ts';

async function say(peer: Peer, count: number, prefix = '', room = 'general'): Promise<void> {
  const texts = Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`);
  await Promise.all(texts.map((text) => peer.ask({ type: 'send', room, text })));
}

/** The texts in the lines that it printed. */
function texts(stdout: string): string[] {
  return [...stdout.matchAll(/^(?:\S+ )?\d\d:\d\d \S+: (.*)$/gm)].map(([, text = '']) => text);
}

function numbers(from: number, to: number, prefix = ''): string[] {
  return Array.from({ length: to - from + 1 }, (_, n) => `${prefix}${from + n}`);
}

test('tail prints the latest messages and then each that is said, without commanding the screen', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await say(bob, 30);
  const tail = new Scripter(t, url).start('tail');
  await tail.printed(/: 30\n/);
  await bob.next('connected');
  await bob.ask({ type: 'send', room: 'general', text: 'a\u001b[2J\nb' });
  await tail.printed(/^\d\d:\d\d bob: a\[2J\n {6}b\n/m);
  assert.deepEqual(texts(tail.stdout), [...numbers(21, 30), 'a[2J']);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`tail ends with 0 at ${signal}`, async (t) => {
    const { url } = await serverFor(t);
    const bob = await Peer.member(url, 'bob');
    const tail = new Scripter(t, url).start('tail');
    await bob.next('connected');
    tail.signal(signal);
    assert.deepEqual(await finished(tail), { code: 0, signal: null, stdout: '', stderr: '' });
  });
}

test('tail ends with 0 and without a word when its reader goes, as behind head -1', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await say(bob, 1);
  const tail = new Scripter(t, url).start('tail');
  await tail.printed(/bob: 1\n/);
  await bob.next('connected');
  tail.closeOutput();
  await say(bob, 2);
  const { code, stderr } = await finished(tail);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
});

test('tail --json prints each event of the protocol in a line that commands no terminal', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await say(bob, 1);
  const tail = new Scripter(t, url).start('tail', '--json', '--limit', '2');
  await bob.next('connected');
  const text = 'a\u009b2J\u202eb\u2028c\n';
  await bob.ask({ type: 'send', room: 'general', text, key: 'k', replyTo: 1 });
  const { code, stdout } = await finished(tail);
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, /[\u0080-\u009f\u202a-\u202e\u2028]/);
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    bob.all('message'),
  );
});

test('tail --limit ends after exactly so many: the latest where there are enough, else those to come', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  await say(bob, 450);
  for (const limit of [1, 3, 401]) {
    const { code, stdout } = await ci.run('tail', '--limit', `${limit}`);
    assert.equal(code, 0);
    assert.deepEqual(texts(stdout), numbers(451 - limit, 450));
  }
  const tail = ci.start('tail', '--limit', '3', '--since', '449');
  await bob.next('connected');
  await say(bob, 9, 'new ');
  assert.deepEqual(texts((await finished(tail)).stdout), ['450', 'new 1', 'new 2']);
});

test('tail --since takes a number, a time ago and a time; --no-follow ends with what there is', async (t) => {
  let wall = Date.now() - 3 * 86_400_000;
  const clock = { ...systemClock, wall: () => wall };
  const { url } = await serverFor(t, {}, { clock, log: silentLog, storage: new MemoryStorage() });
  const bob = await Peer.member(url, 'bob');
  await bob.ask({
    type: 'setTopic',
    room: 'general',
    topic: 'what has a number and is no message',
  });
  await say(bob, 210, 'old ');
  wall = Date.now() - 3_600_000;
  const hour = new Date(wall).toISOString();
  await say(bob, 205, 'new ');
  const ci = new Scripter(t, url);
  const since = async (when: string) => {
    const { code, stdout } = await ci.run('tail', '--no-follow', '--since', when);
    assert.equal(code, 0);
    return texts(stdout);
  };
  for (const when of ['2h', '90m', '2d', hour])
    assert.deepEqual(await since(when), numbers(1, 205, 'new '), when);
  assert.deepEqual(await since('4d'), [...numbers(1, 210, 'old '), ...numbers(1, 205, 'new ')]);
  assert.deepEqual(await since('1m'), []);
  assert.deepEqual(await since('411'), numbers(201, 205, 'new '));
  assert.deepEqual(bob.all('connected'), [], 'who only looks back does not enter');
});

test('2.G4 tail survives a server that is killed, however much is said meanwhile: no repeats, no gaps', async (t) => {
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data);
  const port = new URL(first.url).port;
  const bob = await Peer.member(first.url, 'bob');
  const tail = new Scripter(t, first.url).start('tail');
  await bob.next('connected');
  await say(bob, 5);
  await tail.printed(/: 5\n/);
  tail.signal('SIGSTOP');
  await say(bob, 300, 'before ');
  await first.kill();
  const second = await serve(t, data, { args: ['--port', port] });
  const cat = await Peer.member(second.url, 'cat');
  await say(cat, 1_500, 'away ');
  tail.signal('SIGCONT');
  await tail.printed(/: away 1500\n/);
  await say(cat, 1, 'after ');
  await tail.printed(/: after 1\n/);
  const missed = [...numbers(1, 300, 'before '), ...numbers(1, 1_500, 'away ')];
  assert.deepEqual(texts(tail.stdout), [...numbers(1, 5), ...missed, 'after 1']);
  assert.equal(tail.stderr, '');
});

test('tail says plainly that messages may be missing when the server has another history', async (t) => {
  const [data, backup] = ['data', 'backup'].map((name) => join(temporaryFolder(), name));
  const first = await serve(t, data ?? '');
  const port = new URL(first.url).port;
  const bob = await Peer.member(first.url, 'bob');
  const tail = new Scripter(t, first.url).start('tail');
  await bob.next('connected');
  await say(bob, 3);
  await tail.printed(/: 3\n/);
  first.signal('SIGTERM');
  await first.exited;
  // It comes back after cat, who is to see it come.
  tail.signal('SIGSTOP');
  cpSync(data ?? '', backup ?? '', { recursive: true });
  rmSync(data ?? '', { recursive: true });
  const second = await serve(t, backup ?? '', { args: ['--port', port] });
  const cat = await Peer.member(second.url, 'cat');
  tail.signal('SIGCONT');
  await cat.next('connected');
  await say(cat, 1, 'after ');
  await tail.printed(/: after 1\n/);
  assert.match(
    tail.stderr,
    /the server has another history of general now; messages may be missing here/,
  );
  assert.deepEqual(texts(tail.stdout), ['1', '2', '3', 'after 1']);
  await say(cat, 1_200, 'more ');
  await tail.printed(/: more 1200\n/);
  assert.deepEqual(texts(tail.stdout).slice(4), numbers(1, 1_200, 'more '));
});

test('tail of several rooms names the room of each line', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await bob.ask({ type: 'join', room: 'ops' });
  await say(bob, 1, 'old ');
  const tail = new Scripter(t, url).start('tail', 'ops', 'general', 'ops');
  await tail.printed(/^general \d\d:\d\d bob: old 1\n/m);
  for (const room of ['ops', 'general']) {
    await bob.seen((frame) => frame.type === 'connected' && frame.room === room);
    await say(bob, 1, 'new ', room);
    await tail.printed(new RegExp(`^${room} \\d\\d:\\d\\d bob: new 1\\n`, 'm'));
  }
});

test('tail colours names on a terminal only, and never with NO_COLOR', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  await say(bob, 1);
  const args = ['tail', '--limit', '1'];
  const own = { CHINWAG_SERVER: url, XDG_STATE_HOME: temporaryFolder(), TERM: 'xterm' };
  for (const [env, line] of [
    [{}, /^"\d\d:\d\d \\u001b\[3\dmbob\\u001b\[39m: 1/],
    [{ NO_COLOR: '1' }, /^"\d\d:\d\d bob: 1/],
  ] as const) {
    const tail = onTerminal(t, { args, env: { ...own, ...env } });
    if (tail === undefined) return lacking(t, 'there is no script(1) to make a terminal');
    assert.match(JSON.stringify((await finished(tail)).stdout), line);
  }
});

test('tail of a room that there is not says so, exits 1, and does not make it', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const { code, stdout, stderr } = await ci.run('tail', 'nowhere');
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(stderr, /^chinwag tail: there is no room nowhere/);
  assert.doesNotMatch((await ci.run('rooms')).stdout, /nowhere/);
});

test('tail where nothing answers exits 3 at once', async (t) => {
  const { code, stderr } = await new Scripter(t, 'http://127.0.0.1:9').run('tail');
  assert.equal(code, 3);
  assert.match(stderr, /nothing answers at/);
});

for (const [args, says] of [
  [['--limit', '0'], /--limit takes a number/],
  [['--limit', '2', 'one', 'two'], /--limit goes with one room/],
  [['--since', 'yesterday'], /--since takes a time ago like 1h/],
  [['--since', '2026-99-99'], /--since takes/],
  [['--folow'], /--folow/],
] as const) {
  test(`tail ${args.join(' ')} is wrong usage`, async (t) => {
    const { code, stdout, stderr } = await new Scripter(t, 'http://127.0.0.1:9').run(
      'tail',
      ...args,
    );
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, says);
  });
}
