import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';

test('4.2 4.9 a session that joins while another of the same person leaves is a member', async (t) => {
  const { url } = await serverFor(t);
  const first = await Peer.guest(url, 'ann');
  const second = await Peer.open(url);
  await second.ask({ type: 'hello', token: first.welcome.token });
  const room = 'general';
  for (let round = 0; round < 30; round += 1) {
    assert.equal((await first.ask({ type: 'join', room })).type, 'ok');
    const [left, joined] = await Promise.all([
      first.ask({ type: 'leave', room }),
      second.ask({ type: 'join', room }),
    ]);
    assert.deepEqual([left.type, joined.type], ['ok', 'ok']);
    const { rooms } = await second.ask({ type: 'rooms', query: room });
    assert.ok(Array.isArray(rooms));
    assert.equal(rooms[0].joined, true);
    assert.equal((await second.ask({ type: 'read', room, seq: 1 })).type, 'ok');
    await second.ask({ type: 'leave', room });
  }
});

test('7.2 joining and leaving have a rate of their own, ten times that of sending', async (t) => {
  const { url } = await serverFor(t, { rateLimit: { count: 1, windowMs: 60_000 } });
  const ann = await Peer.guest(url, 'ann');
  const room = 'general';
  for (let n = 0; n < 5; n += 1) {
    assert.equal((await ann.ask({ type: 'join', room })).type, 'ok');
    assert.equal((await ann.ask({ type: 'leave', room })).type, 'ok');
  }
  const refused = await ann.ask({ type: 'join', room });
  assert.equal(refused.code, 'rate_limited');
  assert.ok(Number(refused.retryAfterMs) > 0);
});
