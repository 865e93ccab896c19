import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStorage } from '../../../src/server/storage/memory.ts';
import { StorageFailure } from '../../../src/server/storage/storage.ts';
import { FakeClock } from '../../support/clock.ts';
import { Peer } from '../../support/peer.ts';
import { RawPeer, upgradeRequest } from '../../support/raw.ts';
import { serverFor } from '../../support/server.ts';
import { SlowDisk } from '../../support/slow-disk.ts';

test('10.1 /readyz tries a change, once a second at most, and answers 503 with the reason while none is taken', async (t) => {
  class FullDisk extends MemoryStorage {
    probes = 0;
    isFull = false;
    override async probe() {
      this.probes += 1;
      if (this.isFull) throw new StorageFailure('the disk is full');
    }
  }
  const storage = new FullDisk();
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { storage, clock });
  assert.deepEqual(await answerOf(`${url}/readyz`), [200, 'ready\n']);
  storage.isFull = true;
  assert.deepEqual(await answerOf(`${url}/readyz`), [200, 'ready\n'], 'asked a moment ago');
  clock.advance(1_000);
  const [status, why] = await answerOf(`${url}/readyz`);
  assert.equal(status, 503);
  assert.match(String(why), /takes no changes: the disk is full/);
  assert.deepEqual(await answerOf(`${url}/healthz`), [200, 'ok\n']);
  storage.isFull = false;
  clock.advance(1_000);
  assert.deepEqual(await answerOf(`${url}/readyz`), [200, 'ready\n']);
  assert.equal(storage.probes, 3);
});

test('10.1 10.4 while the server stops, /readyz and an upgrade that was under way get 503', async (t) => {
  const storage = new SlowDisk();
  const server = await serverFor(t, {}, { storage });
  const ann = await Peer.member(server.url, 'ann');
  const asked = ann.ask({ type: 'send', room: 'general', text: 'keeps it busy' });
  await storage.begun.promise;
  const requests = ['GET /readyz HTTP/1.1\r\nHost: chinwag\r\n\r\n', upgradeRequest('/ws')];
  const late = await Promise.all(requests.map((request) => begun(request)));
  const stopped = server.stop();
  await ann.next('notice');
  for (const { peer, end } of late) {
    peer.socket.write(end);
    await peer.saw('stopping');
    assert.match(peer.received, /^HTTP\/1\.1 503 /);
  }
  storage.synced.resolve();
  await asked;
  await stopped;

  /** All of the request but its end, which the server waits for. */
  async function begun(request: string) {
    const peer = await RawPeer.connect(t, server.url);
    peer.socket.write(request.slice(0, -2));
    // What comes by another connection later is answered later.
    await answerOf(`${server.url}/healthz`);
    return { peer, end: request.slice(-2) };
  }
});

async function answerOf(url: string): Promise<[status: number, text: string]> {
  const response = await fetch(url);
  return [response.status, await response.text()];
}
