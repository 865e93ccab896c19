import assert from 'node:assert/strict';
import test from 'node:test';
import { Gate } from '../../src/server/gate.ts';

test('so many are let in at once, the others in the order in which they came', async () => {
  const gate = new Gate(2);
  const entered: number[] = [];
  const leaving = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const passes = leaving.map(({ promise }, n) => {
    return gate.pass(() => {
      entered.push(n);
      return promise;
    });
  });
  assert.deepEqual(entered, [0, 1]);
  leaving[1]?.resolve();
  await passes[1];
  assert.deepEqual(entered, [0, 1, 2]);
  leaving[0]?.resolve();
  await passes[0];
  assert.deepEqual(entered, [0, 1, 2, 3]);
});

test('whoever fails inside makes room for the next, and says why', async () => {
  const gate = new Gate(1);
  const failed = gate.pass(() => Promise.reject(new Error('no')));
  const next = gate.pass(async () => 'in');
  await assert.rejects(failed, /no/);
  assert.equal(await next, 'in');
  assert.equal(await gate.pass(async () => 'again'), 'again');
});
