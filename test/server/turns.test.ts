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
