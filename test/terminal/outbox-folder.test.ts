import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OutboxEntry } from '../../src/client/index.ts';
import { OutboxFolder } from '../../src/terminal/outbox-folder.ts';
import { temporaryFolder } from '../support/server.ts';

function entry(key: string, at: number, rest: Partial<OutboxEntry> = {}): OutboxEntry {
  return { room: 'general', key, text: `text of ${key}`, at, ...rest };
}

function unharmed(file: string): void {
  assert.fail(`${file} was set aside`);
}

test('what was put is there after a restart, in the order in which it was written', async () => {
  const folder = join(temporaryFolder(), 'outbox');
  const outbox = new OutboxFolder(folder, unharmed);
  const entries = [entry('z', 5), entry('a', 5), entry('m', 6, { replyTo: 3 })];
  await Promise.all(entries.map((one) => outbox.put(one)));
  assert.deepEqual(await new OutboxFolder(folder, unharmed).load(), entries);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  for (const file of readdirSync(folder)) {
    assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
  }
});

test('an entry that is put again keeps its place, one that is removed is gone', async () => {
  const folder = temporaryFolder();
  const outbox = new OutboxFolder(folder, unharmed);
  const refused = { code: 'forbidden', message: 'no' } as const;
  await outbox.put(entry('a', 1));
  await outbox.put(entry('b', 2));
  await outbox.put(entry('a', 1, { refused }));
  const put = outbox.put(entry('c', 3));
  await outbox.remove('c');
  await put;
  await outbox.remove('b');
  await outbox.remove('never there');
  assert.deepEqual(await new OutboxFolder(folder, unharmed).load(), [entry('a', 1, { refused })]);
});

test('two clients use one folder at once, and neither loses what the other wrote', async () => {
  const folder = temporaryFolder();
  const [one, other] = [new OutboxFolder(folder, unharmed), new OutboxFolder(folder, unharmed)];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => [
      one.put(entry(`one ${n}`, n)),
      other.put(entry(`other ${n}`, n)),
    ]).flat(),
  );
  const third = new OutboxFolder(folder, unharmed);
  assert.equal((await third.load()).length, 40);
  await Promise.all([one.remove('one 3'), third.remove('one 3'), third.remove('other 3')]);
  assert.equal((await new OutboxFolder(folder, unharmed).load()).length, 38);
});

test('a damaged file is set aside and told of; the others are read', async () => {
  const folder = temporaryFolder();
  await new OutboxFolder(folder, unharmed).put(entry('a', 1));
  const contents = ['{"room":"gen', '[]', 'null', '{"room":1,"key":"k","text":"t","at":1}'];
  for (const [n, content] of contents.entries()) {
    writeFileSync(join(folder, `${n}.json`), content);
  }
  const told: string[] = [];
  const outbox = new OutboxFolder(folder, (file) => told.push(file));
  assert.deepEqual(await outbox.load(), [entry('a', 1)]);
  assert.equal(told.length, contents.length);
  assert.deepEqual(told.map((file) => readFileSync(file, 'utf8')).sort(), contents.toSorted());
});

test('what a crash left half written is not read, and what was whole before stays', async () => {
  const folder = temporaryFolder();
  const outbox = new OutboxFolder(folder, unharmed);
  await outbox.put(entry('a', 1));
  const [file = ''] = readdirSync(folder);
  writeFileSync(join(folder, `${file}.123-1.draft`), '{"room":"general","key":"a","te');
  assert.deepEqual(await new OutboxFolder(folder, unharmed).load(), [entry('a', 1)]);
});

test('a disk that takes nothing fails the message, not the client', async () => {
  const file = join(temporaryFolder(), 'a file');
  writeFileSync(file, '');
  const outbox = new OutboxFolder(file, unharmed);
  await assert.rejects(outbox.put(entry('a', 1)));
  await outbox.settled();
});
