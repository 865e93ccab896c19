import assert from 'node:assert/strict';
import test from 'node:test';
import { crowdOf } from '../../src/load/member.ts';
import { pacerOf } from '../../src/load/pacer.ts';

const shape = { rooms: 1, members: 2, senders: 2, stalled: 0, idle: 0 };

test('at a rate what is sent late is stamped with when it was due, and nothing is left out', () => {
  const times = [1_000, 36_000];
  const sent: [number, number][] = [];
  const pacer = pacerOf(
    { kind: 'open', perSecond: 100 },
    crowdOf(shape, 'abc', true),
    ({ index }, due, count) => sent.push(...new Array(count).fill([index, due])),
    () => times.shift() ?? 0,
  );
  pacer.start();
  pacer.stop();
  assert.deepEqual(sent, [
    [0, 1_000],
    [1, 11_000],
    [0, 21_000],
    [1, 31_000],
  ]);
});

test('with messages in flight each one that has come back makes room for the next, after the read', () => {
  const crowd = crowdOf(shape, 'abc', true);
  const [first] = crowd;
  assert.ok(first);
  const sent: [number, number][] = [];
  const pacer = pacerOf(
    { kind: 'closed', inFlight: 3 },
    crowd,
    ({ index }, _due, count) => sent.push([index, count]),
    () => 0,
  );
  pacer.start();
  pacer.back(first);
  pacer.back(first);
  assert.deepEqual(sent.splice(0), [
    [0, 3],
    [1, 3],
  ]);
  pacer.read();
  assert.deepEqual(sent, [[0, 2]]);
  pacer.stop();
  pacer.back(first);
  pacer.read();
  assert.deepEqual(sent, [[0, 2]], 'nothing new once it has stopped');
});
