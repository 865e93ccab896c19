import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { blackHole } from '../support/black-hole.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { finished, Scripter } from '../support/script.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { SlowDisk } from '../support/slow-disk.ts';

/** What was said in a room, oldest first. */
async function said(peer: Peer, room = 'general'): Promise<string[]> {
  const { messages } = await peer.ask({ type: 'history', room, limit: 200 });
  return Object(messages).map(({ text }: { text: string }) => text);
}

test('send says its words as one message, prints nothing and exits 0', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  const sent = await ci.run('send', 'general', 'deploy', 'is:', 'done');
  assert.deepEqual(sent, { code: 0, signal: null, stdout: '', stderr: '' });
  const { text, from } = await bob.next('message');
  assert.equal(text, 'deploy is: done');
  assert.equal(Object(from).name, 'ci');
});

test('send --json prints what the server answered', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  const { code, stdout } = await ci.run('send', '--json', '--key', 'build-1', 'general', 'done');
  assert.equal(code, 0);
  const { seq, at } = await bob.next('message');
  assert.deepEqual(JSON.parse(stdout), { seq, at, key: 'build-1', room: 'general' });
});

test('send takes the address first, and "-" for its input', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, 'http://127.0.0.1:9');
  const bob = await Peer.member(url, 'bob');
  assert.equal((await ci.pipe('from a pipe', 'send', url, 'general', '-')).code, 0);
  assert.equal((await bob.next('message')).text, 'from a pipe');
  const host = new URL(url).host;
  assert.equal((await ci.run('send', host, 'general', '--', '-5 °C')).code, 0);
  assert.equal((await bob.next('message')).text, '-5 °C');
});

test('send makes one message of lines that come together, the last one without its newline too', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const { code, stdout } = await ci.pipe('\none\r\n\r\ntwo\n\nthree', 'send', 'general');
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '' });
  assert.deepEqual(await said(await Peer.guest(url, 'bob')), ['one\n\ntwo\n\nthree']);
});

test('send says lines as they come, without waiting for the end of its input', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const job = new Scripter(t, url).start('send');
  for (const line of ['one', 'two']) {
    job.type(line);
    assert.equal((await bob.next('message')).text, line);
  }
  job.endInput();
  assert.equal((await finished(job)).code, 0);
});

test('send --code says it as a block of code, with a fence that is longer than any inside', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  await ci.pipe('a\n```\nb\n', 'send', '--code');
  assert.equal((await bob.next('message')).text, '````\na\n```\nb\n````');
  await ci.run('send', '--code', 'general', 'x = 1');
  assert.equal((await bob.next('message')).text, '```\nx = 1\n```');
});

test('send says nothing for an empty input, and refuses an empty text', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  for (const input of ['', '\n\n\n']) {
    assert.deepEqual(await ci.pipe(input, 'send'), {
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
  }
  const { code, stderr } = await ci.run('send', 'general', '');
  assert.equal(code, 2);
  assert.match(stderr, /the text is empty; say something/);
  assert.deepEqual(await said(await Peer.guest(url, 'bob')), []);
});

test('send cuts a megabyte without a newline into messages, between characters and in order', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  const family = '👩‍👩‍👧‍👦';
  const input = family.repeat(Math.ceil(2 ** 20 / Buffer.byteLength(family)));
  assert.equal((await ci.pipe(input, 'send', '--timeout', '60s')).code, 0);
  await bob.settled();
  const texts = bob.all('message').map(({ text }) => String(text));
  assert.equal(texts.join(''), input);
  for (const text of texts) {
    assert.ok([...text].length <= 4_000);
    assert.equal(text.length % family.length, 0, 'a family was cut');
  }
});

test('send refuses a text over the limit as an argument, and says how it goes', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const { code, stderr } = await ci.run('send', 'general', 'x'.repeat(70_000));
  assert.equal(code, 1);
  assert.match(stderr, /has 70000 characters and a message at most 4000; pipe it in/);
  assert.equal((await ci.run('send', 'general', '😀'.repeat(4_000))).code, 0);
});

test('send passes on what is no UTF-8 as far as text can, and says which lines it cannot', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const job = new Scripter(t, url).start('send');
  job.write(Buffer.from('caf\xe9 \x1b[31mred\n', 'latin1'));
  assert.equal((await bob.next('message')).text, 'caf\ufffd \x1b[31mred');
  job.write('a\0b\nc\n');
  job.endInput();
  const { code, stderr } = await finished(job);
  assert.equal(code, 1);
  assert.match(stderr, /not said: lines 2 to 3: "text" has a NUL/);
});

test('send goes on with what follows lines that were refused', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const filler = 'x'.repeat(3_999);
  const { code, stderr } = await ci.pipe(`\0\n${filler}\n${filler}\n`, 'send');
  assert.equal(code, 1);
  assert.match(stderr, /not said: line 1:/);
  assert.deepEqual(await said(await Peer.guest(url, 'bob')), [filler, filler]);
});

test('send waits for the rate limit of the server, and loses nothing to it', async (t) => {
  const { url } = await serverFor(t, { rateLimit: { count: 2, windowMs: 400 } });
  const ci = new Scripter(t, url);
  const lines = Array.from({ length: 6 }, (_, n) => `${n}`.repeat(3_000));
  const { code, stderr } = await ci.pipe(lines.join('\n'), 'send');
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.deepEqual(await said(await Peer.guest(url, 'bob')), lines);
});

test('2.G3 send with the same key says it once: two processes, and a server killed between', async (t) => {
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data);
  const ci = new Scripter(t, first.url);
  const input = `${'x'.repeat(3_000)}\n${'y'.repeat(3_000)}\nz`;
  const both = async () => [
    await ci.run('send', '--json', '--key', 'deploy/41', 'ops', 'done'),
    await ci.pipe(input, 'send', '--json', '--key', 'log/41', 'ops'),
  ];
  const once = await both();
  await first.kill();
  const second = await serve(t, data, { args: ['--port', new URL(first.url).port] });
  const twice = await both();
  assert.deepEqual(
    twice.map(({ code, stdout }) => ({ code, stdout })),
    once.map(({ code, stdout }) => ({ code, stdout })),
  );
  const bob = await Peer.guest(second.url, 'bob');
  assert.deepEqual(await said(bob, 'ops'), ['done', 'x'.repeat(3_000), `${'y'.repeat(3_000)}\nz`]);
});

test('2.G3 send with the same key from many processes at once, the first ones of this person, says it once', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const many = Array.from({ length: 6 }, () => ci.run('send', '--key', 'k', 'general', 'once'));
  for (const { code, stderr } of await Promise.all(many)) {
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  }
  assert.deepEqual(await said(await Peer.guest(url, 'bob')), ['once']);
});

test('send gives up after --timeout where nothing answers, and exits 3', async (t) => {
  const ci = new Scripter(t, 'http://127.0.0.1:9');
  const { code, stdout, stderr } = await ci.run('send', '--timeout', '300ms', 'general', 'hi');
  assert.deepEqual({ code, stdout }, { code: 3, stdout: '' });
  assert.match(stderr, /^chinwag send: nothing answers at http:\/\/127\.0\.0\.1:9; start a server/);
});

test('send waits for a server that is away for a moment, and goes on where it was', async (t) => {
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data);
  const job = new Scripter(t, first.url).start('send', '--timeout', '20s');
  const bob = await Peer.member(first.url, 'bob');
  job.type('before');
  await bob.next('message');
  await first.kill();
  job.type('meanwhile');
  const second = await serve(t, data, { args: ['--port', new URL(first.url).port] });
  job.endInput();
  assert.deepEqual(await finished(job), { code: 0, signal: null, stdout: '', stderr: '' });
  assert.deepEqual(await said(await Peer.guest(second.url, 'cat')), ['before', 'meanwhile']);
});

test('send says which lines were not said when the server goes for good, and exits 3', async (t) => {
  const server = await serve(t, temporaryFolder());
  const job = new Scripter(t, server.url).start('send', '--json', '--timeout', '500ms');
  job.type('one\ntwo');
  await job.printed(/"seq":1/);
  await server.kill();
  job.type('three\nfour');
  const { code, stderr } = await finished(job);
  assert.equal(code, 3);
  assert.match(
    stderr,
    /did not take it within 0\.5 s; not said for certain: lines 3 to 4, and what follows/,
  );
});

test('send that gives up on one text names the key that makes it safe to say again', async (t) => {
  const storage = new SlowDisk();
  const { url } = await serverFor(t, {}, { storage });
  const ci = new Scripter(t, url);
  const { code, stderr } = await ci.run('send', '--timeout', '500ms', 'general', 'hi');
  assert.equal(code, 3);
  const [, key = ''] =
    /may have been said: with --key (\S+) it is not said twice/.exec(stderr) ?? [];
  storage.synced.resolve();
  assert.equal((await ci.run('send', '--key', key, 'general', 'hi')).code, 0);
  assert.deepEqual(await said(await Peer.guest(url, 'bob')), ['hi']);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`send stopped by ${signal} says what came first, and where it stopped`, async (t) => {
    const { url } = await serverFor(t);
    const bob = await Peer.member(url, 'bob');
    const job = new Scripter(t, url).start('send');
    job.type('one');
    await bob.next('message');
    job.write('two\nhalf a li');
    job.signal(signal);
    const { code, stderr } = await finished(job);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`stopped by ${signal}; what came after line \\d was not said`));
  });
}

test('send goes on when nobody reads what it prints', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const job = new Scripter(t, url).start('send', '--json');
  job.closeOutput();
  for (const line of ['one', 'two', 'three']) {
    job.type(line);
    assert.equal((await bob.next('message')).text, line);
  }
  job.endInput();
  assert.deepEqual(await finished(job), { code: 0, signal: null, stdout: '', stderr: '' });
});

test('send --wait-reply prints the first reply to this message, and nothing else that is said', async (t) => {
  const { url } = await serverFor(t);
  const bob = await Peer.member(url, 'bob');
  const ci = new Scripter(t, url);
  const job = ci.start('send', '--wait-reply', '20s', '--key', 'q', 'general', 'tea?');
  const { seq } = await bob.next('message');
  await bob.ask({ type: 'send', room: 'general', text: 'not this' });
  await bob.ask({ type: 'send', room: 'general', text: 'yes\u001b[2J', replyTo: seq });
  const { code, stdout } = await finished(job);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: 'yes[2J\n' });

  const again = await ci.run(
    'send',
    '--wait-reply',
    '20s',
    '--key',
    'q',
    '--json',
    'general',
    'tea?',
  );
  const [, reply = ''] = again.stdout.split('\n');
  assert.equal(JSON.parse(reply).text, 'yes\u001b[2J', 'a reply that is there already');
});

test('send --wait-reply exits 1 with a sentence when nobody replies in time', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const { code, stdout, stderr } = await ci.run('send', '--wait-reply', '200ms', 'general', 'tea?');
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(stderr, /nobody replied to message 1 in time/);
  const silent = await ci.run('send', '--wait-reply', '200ms');
  assert.equal(silent.code, 1);
  assert.match(silent.stderr, /nothing came in, so there is nothing to reply to/);
});

test('send --reply-to answers a message, and refuses one that there is not', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const bob = await Peer.member(url, 'bob');
  const { seq } = await bob.ask({ type: 'send', room: 'general', text: 'tea?' });
  assert.equal((await ci.run('send', '--reply-to', `${seq}`, 'general', 'yes')).code, 0);
  const { replyTo } = await bob.seen(({ text }) => text === 'yes');
  assert.equal(replyTo, seq);
  const { code, stderr } = await ci.run('send', '--reply-to', '99', 'general', 'what?');
  assert.equal(code, 1);
  assert.match(stderr, /general has no message 99 to reply to/);
});

test('send makes a room that there is not, and says so; what is no name of a room is refused', async (t) => {
  const { url } = await serverFor(t);
  const ci = new Scripter(t, url);
  const { code, stderr } = await ci.run('send', 'ops', 'first');
  assert.equal(code, 0);
  assert.match(stderr, /there was no room "ops" before; this made it/);
  assert.equal((await ci.run('send', 'ops', 'second')).stderr, '');
  const refused = await ci.run('send', 'No Room', 'hello');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /"room" takes 1 to 64 of a-z/);
});

for (const [args, says] of [
  [['--wow'], /--wow/],
  [['--key', 'two words'], /--key takes 1 to 56 letters/],
  [['--key', 'x'.repeat(57)], /--key takes 1 to 56 letters/],
  [['--timeout', '10'], /--timeout takes a time like/],
  [['--wait-reply', 'soon'], /--wait-reply takes a time like/],
  [['--reply-to', '0'], /--reply-to takes the number/],
  [['--server', 'ftp://x'], /is no address/],
] as const) {
  test(`send ${args.join(' ')} is wrong usage`, async (t) => {
    const { code, stdout, stderr } = await new Scripter(t, 'http://127.0.0.1:9').run(
      'send',
      ...args,
    );
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, says);
    assert.match(stderr, /chinwag send --help says more/);
  });
}

test('send gives up in time where an address swallows whatever comes', async (t) => {
  const ci = new Scripter(t, await blackHole(t));
  const began = performance.now();
  const { code, stderr } = await ci.run('send', 'general', 'hello', '--timeout', '200ms');
  assert.equal(code, 3);
  assert.match(stderr, /nothing answers/);
  assert.ok(performance.now() - began < 8_000, 'it waited for the network to give up');
});
