import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';

test('2.G4 4.4 nothing missed: after kill -9 a client catches up on exactly what it had not seen', async (t) => {
  const folder = temporaryFolder();
  const before = await serve(t, folder);
  const ann = await Peer.member(before.url, 'ann');
  const bob = await Peer.member(before.url, 'bob');
  for (let n = 1; n <= 10; n += 1) {
    await ann.ask({ type: 'send', room: 'general', text: `${n}` });
  }
  await bob.seen(({ seq }) => seq === 10);
  await bob.close();
  for (let n = 11; n <= 15; n += 1) {
    await ann.ask({ type: 'send', room: 'general', text: `${n}` });
  }
  await ann.ask({ type: 'setTopic', room: 'general', topic: 'cake' });
  await before.kill();

  const { url } = await serve(t, folder);
  const back = await Peer.open(url);
  const { epoch } = await back.ask({ type: 'hello', token: bob.welcome.token });
  assert.equal(epoch, bob.welcome.epoch);
  const { catchUp, events } = await back.ask({ type: 'join', room: 'general', after: 10, epoch });
  assert.equal(catchUp, 'replayed');
  const missed = ann.frames.filter(({ seq, type }) => Number(seq) > 10 && type !== 'ok');
  assert.equal(missed.length, 6);
  assert.deepEqual(events, missed);
});

test('2.G4 3.7 4.5 nothing missed: a database put back from a copy is told as a reset, never as a gap', async (t) => {
  const folder = temporaryFolder();
  const copy = join(temporaryFolder(), 'copy');
  const first = await serve(t, folder);
  const ann = await Peer.member(first.url, 'ann');
  await ann.ask({ type: 'send', room: 'general', text: 'before the copy' });
  first.signal('SIGTERM');
  await first.exited;
  mkdirSync(copy);
  copyFileSync(join(folder, 'chinwag.db'), join(copy, 'chinwag.db'));

  const second = await serve(t, folder);
  const again = await Peer.open(second.url);
  await again.ask({ type: 'hello', token: ann.welcome.token });
  await again.ask({ type: 'join', room: 'general' });
  for (const text of ['lost', 'lost too']) {
    await again.ask({ type: 'send', room: 'general', text });
  }
  second.signal('SIGTERM');
  await second.exited;
  for (const file of ['chinwag.db', 'chinwag.db-wal', 'chinwag.db-shm']) {
    rmSync(join(folder, file), { force: true });
  }
  copyFileSync(join(copy, 'chinwag.db'), join(folder, 'chinwag.db'));

  const { url } = await serve(t, folder);
  const back = await Peer.open(url);
  const { epoch } = await back.ask({ type: 'hello', token: ann.welcome.token });
  assert.notEqual(epoch, ann.welcome.epoch);
  const position = { after: 1, epoch: ann.welcome.epoch };
  const { catchUp, messages } = await back.ask({ type: 'join', room: 'general', ...position });
  assert.equal(catchUp, 'reset');
  assert.equal(Object(messages).length, 1);
});
