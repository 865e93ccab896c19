import assert from 'node:assert/strict';
import test from 'node:test';
import { call } from '../../bench/caller.ts';
import { targetOf } from '../../src/load/target.ts';
import { serverFor } from '../support/server.ts';
import { within } from '../support/within.ts';

test('who asks over a connection that is lost is told, before and after', async (t) => {
  const { url } = await serverFor(t);
  const ann = await call(targetOf(url), { name: 'ann', room: 'general' });
  assert.equal((await ann.ask({ type: 'send', room: 'general', text: 'hello' })).seq, 1);
  const asked = ann.ask({ type: 'rooms' });
  ann.connection.cut();
  await assert.rejects(within(asked, 'a refusal'), /1006/);
  await assert.rejects(within(ann.ask({ type: 'rooms' }), 'a refusal'), /1006/);
});
