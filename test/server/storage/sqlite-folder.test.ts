import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { SqliteStorage } from '../../../src/server/storage/sqlite/sqlite.ts';
import { temporaryFolder } from '../../support/server.ts';
import { StorageProcess } from '../../support/storage-process.ts';

const inUse = (folder: string) =>
  `the data folder ${folder} is in use by another chinwag; stop that one, or choose another folder with --data`;

test('a folder that is open is refused a second time, and free once it is closed', async () => {
  const folder = temporaryFolder();
  const storage = await SqliteStorage.open(folder);
  const refusal = { name: 'StartError', message: inUse(folder) };
  await assert.rejects(SqliteStorage.open(folder), refusal);
  await assert.rejects(SqliteStorage.open(folder), refusal);
  await storage.close();
  await (await SqliteStorage.open(folder)).close();
});

test('a folder that is open here is refused to another process, and the other way round', async (t) => {
  const folder = temporaryFolder();
  const storage = await SqliteStorage.open(folder);
  assert.equal(await new StorageProcess(t, folder).line(), `refused ${inUse(folder)}`);
  await storage.close();

  const owner = new StorageProcess(t, folder);
  assert.match(await owner.line(), /^opened /);
  const refusal = { name: 'StartError', message: inUse(folder) };
  await assert.rejects(SqliteStorage.open(folder), refusal);
  await owner.kill();
  await (await SqliteStorage.open(folder)).close();
});

test('the tables are made once', async () => {
  const folder = temporaryFolder();
  await (await SqliteStorage.open(folder)).close();
  const tables = schemaOf(folder);
  assert.ok(tables.includes('CREATE TABLE rooms'));
  await (await SqliteStorage.open(folder)).close();
  assert.equal(schemaOf(folder), tables);
});

test('a database of a newer version is refused with what to do, and left as it is', async () => {
  const folder = temporaryFolder();
  await (await SqliteStorage.open(folder)).close();
  const file = join(folder, 'chinwag.db');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  await assert.rejects(SqliteStorage.open(folder), {
    name: 'StartError',
    message: `${file} was written by a newer chinwag (its version 99, this one knows 1); install the newer one, or use another --data folder`,
  });
  const after = new DatabaseSync(file);
  assert.equal(after.prepare('PRAGMA user_version').get()?.user_version, 99);
  after.close();
});

test('a folder that cannot be one, or a file that is no database, is refused with the path', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, 'not a folder');
  await assert.rejects(SqliteStorage.open(file), {
    name: 'StartError',
    message: /^the data folder .*file cannot be opened: .*choose another with --data$/,
  });
  writeFileSync(join(folder, 'chinwag.db'), 'not a database '.repeat(1_000));
  await assert.rejects(SqliteStorage.open(folder), {
    name: 'StartError',
    message: /^the data folder .* cannot be opened: file is not a database; /,
  });
});

function schemaOf(folder: string): string {
  const db = new DatabaseSync(join(folder, 'chinwag.db'), { readOnly: true });
  const rows = db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
  const { user_version } = db.prepare('PRAGMA user_version').get() ?? {};
  db.close();
  return [...rows.map(({ sql }) => String(sql)), String(user_version)].join('\n');
}
