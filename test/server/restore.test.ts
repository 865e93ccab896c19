import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '../../src/server/server.ts';
import { Peer } from '../support/peer.ts';
import { diceFor } from '../support/seed.ts';
import { serverFor, silentLog, temporaryFolder, testConfig } from '../support/server.ts';

const CURSORS = 100;

test('2.G4 3.7 4.5 fault 17: after a restore every one of 100 cursors into the lost history is told to start afresh', async (t) => {
  const dice = diceFor(t);
  const data = join(temporaryFolder(), 'data');
  const backup = join(temporaryFolder(), 'backup');
  await talk(data, 30);
  cpSync(data, backup, { recursive: true, preserveTimestamps: true });
  const { epoch, head } = await talk(data, 40);
  rmSync(data, { recursive: true });
  cpSync(backup, data, { recursive: true, preserveTimestamps: true });

  const { url } = await serverFor(t, { data }, {});
  const peer = await Peer.guest(url, 'bob');
  assert.notEqual(peer.welcome.epoch, epoch);
  for (let n = 0; n < CURSORS; n += 1) {
    const after = dice.below(head + 1);
    const reply = await peer.ask({ type: 'join', room: 'general', after, epoch });
    assert.equal(reply.type, 'ok');
    assert.equal(reply.catchUp, 'reset', `after ${after} of ${head}`);
    assert.equal(reply.head, 30);
    assert.equal(Object(reply.messages).length, 30);
    assert.equal(reply.events, undefined);
  }
  const own = { type: 'join', room: 'general', after: 29, epoch: peer.welcome.epoch };
  assert.equal((await peer.ask(own)).catchUp, 'replayed', 'the new epoch is good from now on');
  await peer.close();
});

/** Starts a server in the folder, has so many messages said, and stops it. */
async function talk(data: string, count: number): Promise<{ epoch: unknown; head: number }> {
  const server = await startServer({ ...testConfig, data }, { log: silentLog });
  const peer = await Peer.member(server.url, `ann${count}`);
  let head = 0;
  for (let n = 0; n < count; n += 1) {
    const reply = await peer.ask({ type: 'send', room: 'general', text: `${n}` });
    head = Number(reply.seq);
  }
  const { epoch } = peer.welcome;
  await server.stop();
  return { epoch, head };
}
