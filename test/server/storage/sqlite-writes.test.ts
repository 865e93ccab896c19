import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { SqliteStorage } from '../../../src/server/storage/sqlite/sqlite.ts';
import { StorageFailure } from '../../../src/server/storage/storage.ts';
import { furnished, message } from '../../contracts/storage.ts';
import { temporaryFolder } from '../../support/server.ts';

test('S1 S2 5,000 appends at once share their commits, each answered with its own place', async (t) => {
  const folder = temporaryFolder();
  const storage = await SqliteStorage.open(folder);
  t.after(() => storage.close());
  await furnished(storage);
  const other = new DatabaseSync(join(folder, 'chinwag.db'), { readOnly: true });
  t.after(() => other.close());
  const onDisk = other.prepare('SELECT count(*) AS n FROM events');

  const texts = Array.from({ length: 5_000 }, (_, n) => `${n}`);
  const seen = await Promise.all(
    texts.map(async (text) => {
      const { seq } = await storage.append(message('general', text));
      return { seq, committed: seq % 500 > 0 || Number(onDisk.get()?.n) >= seq };
    }),
  );
  assert.deepEqual(
    seen.map(({ seq }) => seq),
    texts.map((_, n) => n + 1),
  );
  assert.ok(
    seen.every(({ committed }) => committed),
    'an answer came before its commit',
  );
  const wal = other.prepare('PRAGMA journal_mode').get()?.journal_mode;
  assert.equal(wal, 'wal');
});

test('S4 while the database is locked a write fails, reading goes on, and the next write succeeds', async (t) => {
  const folder = temporaryFolder();
  const storage = await SqliteStorage.open(folder);
  t.after(() => storage.close());
  await furnished(storage);
  await storage.append(message('general', 'before'));

  const other = new DatabaseSync(join(folder, 'chinwag.db'));
  other.exec('BEGIN IMMEDIATE');
  await assert.rejects(storage.append(message('general', 'lost', { key: 'k' })), StorageFailure);
  assert.equal((await storage.events('general', 0, 10)).length, 1);
  other.exec('ROLLBACK');
  other.close();

  const retried = await storage.append(message('general', 'kept', { key: 'k' }));
  assert.equal(retried.kind, 'appended', 'the failed one left no key');
  assert.equal(retried.seq, 2, 'the failed one took no place');
});

test('S4 a write that cannot be done fails alone, and nothing of it comes later', async (t) => {
  const folder = temporaryFolder();
  const storage = await SqliteStorage.open(folder);
  t.after(() => storage.close());
  await furnished(storage);
  await storage.append(message('general', 'before'));
  const other = new DatabaseSync(join(folder, 'chinwag.db'));
  t.after(() => other.close());
  other.exec(`CREATE TRIGGER broken BEFORE INSERT ON events WHEN new.body = 'bad'
    BEGIN SELECT raise(ABORT, 'the disk is on fire'); END`);

  const batch = ['good', 'bad', 'good too'].map((text) => storage.append(message('general', text)));
  const room = storage.createRoom({ room: 'ops', kind: 'public', title: '', at: 1 });
  const [good, bad, goodToo] = await Promise.allSettled(batch);
  assert.ok(good?.status === 'fulfilled' && good.value.seq === 2);
  assert.ok(bad?.status === 'rejected');
  assert.match(String(bad.reason), /on fire/);
  assert.ok(goodToo?.status === 'fulfilled' && goodToo.value.seq === 3);
  assert.equal(await room, true);
  assert.equal((await storage.append(message('ops', 'elsewhere'))).seq, 1);
  assert.equal((await storage.append(message('general', 'after'))).seq, 4);
});

test('S4 a closed storage refuses and says that it is closed', async () => {
  const storage = await SqliteStorage.open(temporaryFolder());
  await furnished(storage);
  const last = storage.append(message('general', 'still in time'));
  await storage.close();
  assert.equal((await last).seq, 1, 'what was begun is finished');
  await assert.rejects(storage.append(message('general', 'late')), {
    name: 'StorageFailure',
    message: 'the storage is closed',
  });
});
