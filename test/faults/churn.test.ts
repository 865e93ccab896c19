import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAlive } from '../support/keep-alive.ts';
import { Peer } from '../support/peer.ts';
import { fromSource, serve } from '../support/process.ts';
import { descriptorsBackTo, descriptorsOf, memoryOf } from '../support/process-facts.ts';
import { temporaryFolder } from '../support/server.ts';
import { often } from '../support/tools.ts';

const CONNECTS = often(3_000, 100_000);
const AT_ONCE = 50;
const MEGABYTE = 1024 * 1024;
/** Little enough that what is garbage is collected, and what is none shows. */
const HEAP_MEGABYTES = 256;
/** What the last half may add to what the first half made the process hold. */
const MORE_MEMORY = 32 * MEGABYTE;

test(`fault 19: ${CONNECTS} connects and closes leave no descriptor and no memory behind`, async (t) => {
  const [node = '', ...main] = fromSource;
  const command = [node, `--max-old-space-size=${HEAP_MEGABYTES}`, ...main];
  const { url, pid } = await serve(t, temporaryFolder(), { command });
  const watcher = await Peer.member(url, 'watcher');
  keepAlive(watcher);
  const tokens = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const peer = await Peer.guest(url, `peer-${n}`);
      await peer.close();
      return peer.welcome.token;
    }),
  );
  const baseline = descriptorsOf(pid);
  let half = 0;
  for (let done = 0; done < CONNECTS; done += AT_ONCE) {
    await Promise.all(tokens.map((token, n) => visit(url, token, n)));
    watcher.frames.length = 0;
    if (done < CONNECTS / 2) half = Math.max(half, memoryOf(pid));
  }
  await watcher.settled();
  const { memberCount } = await watcher.ask({ type: 'join', room: 'general' });
  assert.equal(memberCount, 1);
  await descriptorsBackTo(pid, baseline);
  const more = memoryOf(pid) - half;
  assert.ok(more < MORE_MEMORY, `${Math.round(more / MEGABYTE)} MB more after the second half`);
});

/** Comes in as somebody who has been here, and goes in one of the ways there are. */
async function visit(url: string, token: unknown, n: number): Promise<void> {
  const peer = await Peer.open(url);
  if (n % 5 !== 0) {
    await peer.ask({ type: 'hello', token });
    await peer.ask({ type: 'join', room: 'general', after: 0 });
  }
  if (n % 3 === 0) peer.vanish();
  else await peer.close();
  await peer.closed;
}
