import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { Chinwag, run, serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { within } from '../support/within.ts';

test('serve says first, on stdout, where it listens, and nothing else until it can', async (t) => {
  const server = await serve(t, temporaryFolder());
  const [first] = server.stdout.split('\n');
  assert.match(String(first), /^chinwag is listening on http:\/\/127\.0\.0\.1:\d+$/);
  const ann = await Peer.member(server.url, 'ann');
  await ann.ask({ type: 'send', room: 'general', text: 'hello' });
  assert.equal(server.stderr, '');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`serve drains on ${signal}: peers are told, and it exits 0`, async (t) => {
    const server = await serve(t, temporaryFolder());
    const ann = await Peer.member(server.url, 'ann');
    server.signal(signal);
    await ann.next('notice');
    assert.equal((await ann.closed).code, 1012);
    const { code } = await within(server.exited, 'the server to end', 10_000);
    assert.equal(code, 0);
    assert.match(server.stderr, new RegExp(signal));
  });
}

test('serve takes its options from the environment, and the command line goes first', async (t) => {
  const folder = temporaryFolder();
  const env = {
    CHINWAG_PORT: '1',
    CHINWAG_DATA: join(folder, 'data'),
    CHINWAG_HEARTBEAT: '7s',
    CHINWAG_RATE_LIMIT: '2/60s',
  };
  const server = Chinwag.launch(t, { args: ['serve', '--port', '0'], env });
  const ann = await Peer.member(await server.ready(), 'ann');
  assert.deepEqual(ann.welcome.heartbeat, { everyMs: 7_000, timeoutMs: 21_000 });
  assert.ok(existsSync(join(folder, 'data', 'chinwag.db')));
  const send = { type: 'send', room: 'general', text: 'hello' };
  const replies = await Promise.all([ann.ask(send), ann.ask(send), ann.ask(send)]);
  assert.deepEqual(
    replies.map(({ code }) => code),
    [undefined, undefined, 'rate_limited'],
  );
});

test('serve --help shows every option with what it takes, on stdout, and exits 0', async (t) => {
  const { code, stdout, stderr } = await run(t, { args: ['serve', '--help'] });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  const options = ['host', 'port', 'data', 'rate-limit', 'heartbeat', 'origins', 'tls-cert'];
  for (const option of options) {
    assert.match(stdout, new RegExp(`--${option} \\S`));
    assert.match(stdout, new RegExp(`CHINWAG_${option.toUpperCase().replace('-', '_')}`));
  }
});

/** The arguments, the environment, and what the refusal must say. */
const mistakes: readonly (readonly [string[], Record<string, string>, RegExp])[] = [
  [['--port', '70000'], {}, /--port cannot be "70000"; allowed is .* 0 to 65535/],
  [['--heartbeat', '15'], {}, /--heartbeat cannot be "15"; allowed is .* such as 15s/],
  [
    ['--rate-limit', '30'],
    {},
    /--rate-limit cannot be "30"; allowed is .* such as 30\/10s, or off/,
  ],
  [['--origins', 'here'], {}, /--origins cannot be "here"; allowed is .*https:/],
  [['--tls-cert', 'cert.pem'], {}, /--tls-cert and --tls-key go together/],
  [['--prot', '80'], {}, /--prot/],
  [[], { CHINWAG_PORT: 'x' }, /CHINWAG_PORT cannot be "x"; allowed is .* 0 to 65535/],
];

for (const [args, env, says] of mistakes) {
  const what = [...args, ...Object.entries(env).map((pair) => pair.join('='))].join(' ');
  test(`serve refuses ${what} with exit 2, and says what is allowed`, async (t) => {
    const { code, stdout, stderr } = await run(t, { args: ['serve', ...args], env });
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, says);
    assert.match(stderr, /chinwag serve --help says more/);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });
}

test('serve on a port that is taken exits 1 with a sentence that says what to do', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const address = other.address();
  assert.ok(address !== null && typeof address === 'object');
  const args = ['serve', '--data', temporaryFolder(), '--port', String(address.port)];
  const { code, stdout, stderr } = await run(t, { args });
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(
    stderr,
    new RegExp(`^chinwag serve: port ${address.port} .* is taken; .*--port\\n$`),
  );
});

test('serve in a data folder that is in use exits 1 with a sentence, and disturbs nobody', async (t) => {
  const folder = temporaryFolder();
  const first = await serve(t, folder);
  const ann = await Peer.member(first.url, 'ann');
  const { code, stderr } = await run(t, { args: ['serve', '--port', '0', '--data', folder] });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^chinwag serve: the data folder \S+ is in use by another chinwag; .*--data\n$/,
  );
  assert.equal((await ann.ask({ type: 'send', room: 'general', text: 'hello' })).type, 'ok');
});

test('serve in a data folder that cannot be one exits 1 with a sentence', async (t) => {
  const { code, stderr } = await run(t, {
    args: ['serve', '--port', '0', '--data', '/dev/null/x'],
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^chinwag serve: the data folder \/dev\/null\/x cannot be opened: .*--data\n$/,
  );
});

test('serve with a certificate or key that is no PEM exits 1 with a sentence', async (t) => {
  const folder = temporaryFolder();
  const nonsense = join(folder, 'nonsense.pem');
  writeFileSync(nonsense, 'this is no certificate');
  const missing = join(folder, 'missing.pem');
  for (const [file, says] of [
    [nonsense, /^chinwag serve: .*nonsense\.pem are no pair of PEM files: .*\n$/],
    [missing, /^chinwag serve: --tls-cert \S+missing\.pem cannot be read: .*check the path\n$/],
  ] as const) {
    const tls = ['--tls-cert', file, '--tls-key', file];
    const args = ['serve', '--port', '0', '--data', join(folder, 'data'), ...tls];
    const { code, stdout, stderr } = await run(t, { args });
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    assert.match(stderr, says);
  }
  assert.equal(existsSync(join(folder, 'data')), false, 'nothing was begun');
});

test('a command that there is none of exits 2 and lists those there are', async (t) => {
  const { code, stderr } = await run(t, { args: ['swerve'] });
  assert.equal(code, 2);
  assert.match(stderr, /there is no "swerve"[\s\S]*chinwag serve/);
});
