import assert from 'node:assert/strict';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SqliteStorage } from '../../../src/server/storage/sqlite/sqlite.ts';
import { message } from '../../contracts/storage.ts';
import { temporaryFolder } from '../../support/server.ts';
import { StorageProcess } from '../../support/storage-process.ts';

test('S5 the epoch stays the same from start to start, with and without new events', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  assert.equal(await session(folder, 0), epoch);
  assert.equal(await session(folder, 5), epoch);
  assert.equal(await session(folder, 0), epoch);
});

test('S5 S1 after kill -9 the epoch is the same and every acknowledged event is there', async (t) => {
  const folder = temporaryFolder();
  const first = new StorageProcess(t, folder);
  const epoch = (await first.line()).slice('opened '.length);
  let acknowledged = 0;
  while (acknowledged < 50) acknowledged = Number(await first.line());
  for (const line of await first.kill()) acknowledged = Number(line);

  const second = new StorageProcess(t, folder);
  assert.equal(await second.line(), `opened ${epoch}`);
  await second.kill();
  const storage = await SqliteStorage.open(folder);
  const head = (await storage.room('general'))?.head ?? 0;
  await storage.close();
  assert.equal(storage.epoch, epoch);
  assert.ok(head >= acknowledged, `${head} of at least ${acknowledged} events`);
});

test('S5 two databases have two epochs', async () => {
  assert.notEqual(await session(temporaryFolder(), 1), await session(temporaryFolder(), 1));
});

test('S5 fault 17: a copied folder has another epoch, and the original keeps its own', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  const copy = join(temporaryFolder(), 'copy');
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  const copied = await session(copy, 0);
  assert.notEqual(copied, epoch);
  assert.equal(await session(copy, 2), copied, 'which it keeps from then on');
  assert.equal(await session(folder, 0), epoch);
});

test('S5 fault 17: an older chinwag.db put back by itself begins another epoch', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  const backup = copyOf(folder);
  assert.equal(await session(folder, 2), epoch);
  putBack(backup, folder, ['chinwag.db']);
  const restored = await session(folder, 0);
  assert.notEqual(restored, epoch);
  assert.equal(await session(folder, 2), restored);
});

test('S5 fault 17: an older chinwag.db written over the newer one begins another epoch', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  const backup = copyOf(folder);
  assert.equal(await session(folder, 2), epoch);
  cpSync(join(backup, 'chinwag.db'), join(folder, 'chinwag.db'));
  assert.notEqual(await session(folder, 0), epoch);
});

test('S5 fault 17: a folder restored in place begins another epoch', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  const backup = copyOf(folder);
  assert.equal(await session(folder, 2), epoch);
  rmSync(folder, { recursive: true });
  cpSync(backup, folder, { recursive: true, preserveTimestamps: true });
  assert.notEqual(await session(folder, 0), epoch);
});

test('S5 fault 17: a folder written over with its backup begins another epoch', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  const backup = copyOf(folder);
  assert.equal(await session(folder, 2), epoch);
  cpSync(backup, folder, { recursive: true, preserveTimestamps: true });
  assert.notEqual(await session(folder, 0), epoch);
});

test('S5 fault 17: a restore that leaves out what looks unchanged begins another epoch', async () => {
  const folder = temporaryFolder();
  const epoch = await session(folder, 3);
  const backup = copyOf(folder);
  assert.equal(await session(folder, 2), epoch);
  putBack(backup, folder, ['chinwag.db', 'high-water']);
  assert.notEqual(await session(folder, 0), epoch);
});

/** Opens the folder, appends so many events, closes it again; resolves with the epoch. */
async function session(folder: string, events: number): Promise<string> {
  const storage = await SqliteStorage.open(folder);
  await storage.createRoom({ room: 'general', kind: 'public', title: '', at: 1 });
  for (let n = 0; n < events; n += 1) await storage.append(message('general', 'hello'));
  await storage.close();
  return storage.epoch;
}

function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), 'backup');
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** As rsync does it: each file is written anew beside the old one and takes its place. */
function putBack(backup: string, folder: string, files: readonly string[]): void {
  for (const file of files) {
    const beside = join(folder, `.${file}.new`);
    cpSync(join(backup, file), beside, { preserveTimestamps: true });
    renameSync(beside, join(folder, file));
  }
}
