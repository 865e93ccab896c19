import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type CountedSocket, CountingDoor } from '../support/counting-door.ts';

/** What a room makes anew for what it brings, counted, so that no clock can blur it. */

const MEMBERS = 1_000;
const MESSAGES = 40;
const ROOM = 'general';
/** What one member's part of one flush may take from the heap: a few small objects. */
const MOST_BYTES = 384;

test('2.G2 5.4 a flush makes one buffer for all 1,000 members, and encodes each message once', async (t) => {
  const door = await CountingDoor.with(t, ROOM);
  const [sender, ...others] = Array.from({ length: MEMBERS }, () => door.open());
  assert.ok(sender);
  for (const [n, socket] of [sender, ...others].entries()) {
    socket.say(`{"type":"hello","name":"member-${n}"}`);
    socket.say(`{"type":"join","room":"${ROOM}"}`);
  }
  await door.settled();
  // What is left to be said of all the coming in.
  await door.writtenIn(() => door.clock.advance(1_000));
  for (const socket of [sender, ...others]) socket.writes.length = 0;

  const { encodes } = await door.writtenIn(() => {
    for (let n = 0; n < MESSAGES; n += 1) {
      sender.say(`{"type":"send","room":"${ROOM}","text":"message ${n}"}`);
    }
  });
  assert.equal(encodes, MESSAGES, 'no answer was asked for');
  const [first] = others;
  const brought = first?.writes ?? [];
  assert.ok(brought.length > 0 && brought.length <= 2, `${brought.length} flushes`);
  for (const { writes } of [sender, ...others]) assert.ok(isSame(writes, brought));
});

test(`a flush takes at most ${MOST_BYTES} bytes of the heap for each member`, (t) => {
  const program = fileURLToPath(new URL('../support/flush-program.ts', import.meta.url));
  // Without a collection between two looks at the heap the difference is what was allocated.
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program], { encoding: 'utf8' });
  const bytes = Number(stdout);
  t.diagnostic(`${bytes.toFixed(1)} bytes`);
  assert.ok(bytes > 0 && bytes <= MOST_BYTES, `${stdout} bytes ${stderr}`);
});

/** The very same objects, not only equal ones. */
function isSame(writes: CountedSocket['writes'], others: CountedSocket['writes']): boolean {
  return writes.length === others.length && writes.every((write, n) => write === others[n]);
}
