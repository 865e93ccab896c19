import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payload } from '../../../src/protocol/index.ts';
import { Batch, parcelOf } from '../../../src/server/rooms/batch.ts';

const typing = { type: 'typing', room: 'general', user: { id: 'u_ann', name: 'ann' } } as const;
const count = (memberCount: number) =>
  ({ type: 'presence', room: 'general', memberCount }) as const;

test('2.G2 all members share the same bytes', () => {
  const batch = new Batch([parcelOf(count(1)), parcelOf(count(2))]);
  assert.equal(batch.bytesFor('u_ann', 0), batch.bytesFor('u_bob', 0));
});

test('one event alone is not copied', () => {
  const parcel = parcelOf(count(1));
  assert.equal(new Batch([parcel]).bytesFor('u_ann', 0), parcel.frame);
  assert.deepEqual(JSON.parse(payload(parcel.frame).toString()), count(1));
});

test('5.10 who is excepted gets the rest, everyone else gets it all', () => {
  const [first, hidden, last] = [count(1), typing, count(2)].map((event) =>
    parcelOf(event, event.type === 'typing' ? 'u_ann' : undefined),
  );
  if (!first || !hidden || !last) throw new Error('three parcels');
  const batch = new Batch([first, hidden, last]);
  assert.deepEqual(batch.bytesFor('u_ann', 0), Buffer.concat([first.frame, last.frame]));
  const all = Buffer.concat([first.frame, hidden.frame, last.frame]);
  assert.deepEqual(batch.bytesFor('u_bob', 0), all);
  assert.deepEqual(batch.bytesFor('u_bob', 1), Buffer.concat([hidden.frame, last.frame]));
  assert.deepEqual(batch.bytesFor('u_ann', 1), last.frame);
});
