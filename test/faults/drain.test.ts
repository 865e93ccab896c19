import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classic, told } from '../support/classic.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { RawPeer, upgradeRequest } from '../support/raw.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { SlowDisk } from '../support/slow-disk.ts';
import { within } from '../support/within.ts';

const PER_SECOND = 200;
const EVERY_MS = 25;
const WITHIN_MS = 10_000;

test('6.8 8.3 fault 7: SIGTERM at 200 messages/s: a notice, 1012, nothing acknowledged lost, exit 0', async (t) => {
  const folder = temporaryFolder();
  const server = await serve(t, folder);
  const ann = await Peer.member(server.url, 'ann');
  const bob = await Peer.member(server.url, 'bob');
  const old = await classic(server.url, 'cleo');
  let said = 0;
  const timer = setInterval(() => {
    if (ann.socket.readyState !== ann.socket.OPEN) return;
    for (let n = 0; n < (PER_SECOND * EVERY_MS) / 1_000; n += 1) {
      said += 1;
      ann.send({ type: 'send', room: 'general', text: `${said}`, key: `${said}`, ref: said });
    }
  }, EVERY_MS);
  t.after(() => clearInterval(timer));
  await ann.seen(({ type, ref }) => type === 'ok' && ref === PER_SECOND);

  const asked = performance.now();
  server.signal('SIGTERM');
  const { level, text, retryAfterMs } = await bob.next('notice');
  assert.equal(level, 'warning');
  assert.match(String(text), /stopping/);
  assert.ok(Number(retryAfterMs) > 0);
  assert.match((await told(old, 0)).Content, /stopping/);
  for (const peer of [ann, bob, old]) {
    assert.equal((await within(peer.closed, 'the socket to close', WITHIN_MS)).code, 1012);
  }
  const { code } = await within(server.exited, 'the server to end', WITHIN_MS);
  assert.equal(code, 0);
  assert.ok(performance.now() - asked < WITHIN_MS);

  const acknowledged = ann.all('ok').filter(({ seq }) => seq !== undefined);
  for (const { code: refusal } of ann.all('error')) assert.equal(refusal, 'unavailable');
  assert.ok(acknowledged.length >= PER_SECOND);
  const seenByBob = bob.all('message').map(({ seq }) => seq);
  assert.deepEqual(
    seenByBob,
    acknowledged.map(({ seq }) => seq),
    'who was told ok was heard',
  );

  const again = await serve(t, folder);
  const back = await Peer.open(again.url);
  const { epoch } = await back.ask({ type: 'hello', token: bob.welcome.token });
  assert.equal(epoch, bob.welcome.epoch);
  const { head } = await back.ask({ type: 'join', room: 'general', after: 0 });
  assert.equal(head, acknowledged.length);
});

test('fault 7: nobody who holds a line open keeps the server from ending', async (t) => {
  const server = await serve(t, temporaryFolder());
  for (const bytes of ['', 'GET / HT', upgradeRequest('/ws'), upgradeRequest('/nowhere')]) {
    const peer = await RawPeer.connect(t, server.url);
    peer.socket.write(bytes);
  }
  const frozen = await Peer.member(server.url, 'frozen');
  frozen.socket.pause();
  server.signal('SIGTERM');
  const { code } = await within(server.exited, 'the server to end', WITHIN_MS);
  assert.equal(code, 0);
  frozen.vanish();
});

test('6.8 fault 7: what was begun is finished, told and answered; what comes later is refused', async (t) => {
  const storage = new SlowDisk();
  const server = await serverFor(t, {}, { storage });
  const ann = await Peer.member(server.url, 'ann');
  const bob = await Peer.member(server.url, 'bob');
  const begun = ann.ask({ type: 'send', room: 'general', text: 'begun' });
  await storage.begun.promise;
  const stopped = server.stop();
  await ann.next('notice');
  const late = await ann.ask({ type: 'send', room: 'general', text: 'late' });
  assert.equal(late.code, 'unavailable');
  storage.synced.resolve();
  assert.equal((await begun).seq, 1);
  assert.equal((await bob.next('message')).text, 'begun');
  for (const peer of [ann, bob]) assert.equal((await peer.closed).code, 1012);
  await stopped;
});
