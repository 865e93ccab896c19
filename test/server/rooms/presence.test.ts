import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Presence } from '../../../src/server/rooms/presence.ts';

const ann = { id: 'u_ann', name: 'ann' };
const bob = { id: 'u_bob', name: 'bob' };

test('6.2 a person is there from its first session to its last', () => {
  const presence = new Presence();
  assert.equal(presence.enter(ann), true);
  assert.equal(presence.enter(ann), false);
  assert.equal(presence.count, 1);
  assert.equal(presence.leave(ann), false);
  assert.equal(presence.leave(ann), true);
  assert.equal(presence.count, 0);
  assert.equal(presence.leave(ann), false, 'who is not there cannot leave');
});

test('4.3 the list follows who is there', () => {
  const presence = new Presence();
  presence.enter(ann);
  assert.deepEqual(presence.list(), [ann]);
  presence.enter(bob);
  assert.deepEqual(presence.list(), [ann, bob]);
  assert.equal(presence.list(), presence.list(), 'and is made once for each change');
  presence.leave(ann);
  assert.deepEqual(presence.list(), [bob]);
});

test('4.3 6.4 at most 200 are listed, and more than 200 are a crowd', () => {
  const presence = new Presence();
  const people = Array.from({ length: 201 }, (_, n) => ({ id: `u_${n}`, name: `p${n}` }));
  for (const person of people.slice(0, 200)) presence.enter(person);
  assert.equal(presence.isCrowd, false);
  assert.equal(presence.list().length, 200);
  presence.enter({ id: 'u_200', name: 'p200' });
  assert.equal(presence.isCrowd, true);
  assert.equal(presence.count, 201);
  assert.deepEqual(presence.list(), people.slice(0, 200));
  presence.leave({ id: 'u_0', name: 'p0' });
  assert.deepEqual(presence.list(), people.slice(1), 'the next one moves up');
});
