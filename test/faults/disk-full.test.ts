import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { isRoot, lacking } from '../support/tools.ts';
import { within } from '../support/within.ts';

const DISK = '32m';
const TEXT = 'x'.repeat(4_000);

test('2.G1 8.1 fault 8: on a full disk sending is unavailable within 1 s, reading works, and it recovers by itself', async (t) => {
  const disk = smallDisk(t);
  if (disk === undefined) return;
  const data = join(disk, 'data');
  const server = await serve(t, data);
  const { url } = server;
  const ann = await Peer.member(url, 'ann');
  const bob = await Peer.member(url, 'bob');
  const acknowledged: unknown[] = [];
  const say = async (text: string) => {
    const sent = performance.now();
    const reply = await ann.ask({ type: 'send', room: 'general', text });
    assert.ok(performance.now() - sent < 1_000, 'an answer within a second');
    if (reply.type === 'ok') acknowledged.push(reply.seq);
    return reply;
  };
  for (let n = 0; n < 100; n += 1) await say(TEXT);

  const ballast = join(disk, 'ballast');
  fill(ballast);
  let reply = await say(TEXT);
  for (let n = 0; reply.type === 'ok' && n < 5_000; n += 1) reply = await say(TEXT);
  assert.equal(reply.code, 'unavailable');
  assert.ok(Number(reply.retryAfterMs) > 0);
  for (let n = 0; n < 20; n += 1) assert.equal((await say(TEXT)).code, 'unavailable');
  assert.equal(
    (await bob.ask({ type: 'setTopic', room: 'general', topic: 'x' })).code,
    'unavailable',
  );

  const { messages } = await bob.ask({ type: 'history', room: 'general', limit: 200 });
  assert.ok(Object(messages).length >= 100);
  const phone = await Peer.open(url);
  assert.equal((await phone.ask({ type: 'hello', token: bob.welcome.token })).type, 'welcome');
  const after = Number(acknowledged.at(-1)) - 10;
  const joined = await phone.ask({ type: 'join', room: 'general', after });
  assert.deepEqual([joined.catchUp, Object(joined.events).length], ['replayed', 10]);

  rmSync(ballast);
  const recovered = await within(
    untilTaken(() => say('it works again')),
    'the server to recover',
  );
  assert.equal(recovered.type, 'ok');
  await bob.settled();
  await server.kill();

  const again = await serve(t, data);
  const reader = await Peer.member(again.url, 'reader');
  const { head } = reader.joined;
  assert.equal(head, acknowledged.length, 'what was acknowledged, and nothing else');
  assert.deepEqual(
    acknowledged,
    Array.from({ length: acknowledged.length }, (_, n) => n + 1),
  );
});

test('fault 8: a server whose disk is full still stops in good order', async (t) => {
  const disk = smallDisk(t);
  if (disk === undefined) return;
  const server = await serve(t, join(disk, 'data'));
  const ann = await Peer.member(server.url, 'ann');
  await ann.ask({ type: 'send', room: 'general', text: TEXT });
  fill(join(disk, 'ballast'));
  server.signal('SIGTERM');
  const { code } = await within(server.exited, 'the server to end', 10_000);
  assert.equal(code, 0, server.stderr);
});

/** A disk of its own, as small as `DISK`, or undefined where this machine gives none. */
function smallDisk(test: TestContext): string | undefined {
  if (!isRoot()) {
    lacking(test, 'only root can mount a small disk');
    return undefined;
  }
  const folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    lacking(test, `a small disk cannot be mounted: ${mounted.stderr}`);
    return undefined;
  }
  test.after(() => spawnSync('umount', ['--lazy', folder]));
  return folder;
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  assert.throws(() => writeFileSync(file, Buffer.alloc(64 * 1024 * 1024)), { code: 'ENOSPC' });
}

/** Tries again until it is taken. */
async function untilTaken<T extends { readonly type: string }>(say: () => Promise<T>): Promise<T> {
  for (;;) {
    const reply = await say();
    if (reply.type === 'ok') return reply;
  }
}
