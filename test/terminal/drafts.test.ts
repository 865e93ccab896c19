import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Drafts } from '../../src/terminal/drafts.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/server.ts';

function never(error: Error): void {
  assert.fail(error);
}

test('a draft is kept for each room soon after the last key, and gone when it is sent', async () => {
  const [folder, clock] = [temporaryFolder(), new FakeClock()];
  const drafts = new Drafts(folder, clock, never);
  drafts.write('general', 'half a');
  drafts.write('general', 'half a thought 日本');
  drafts.write('ops', '/topic');
  assert.deepEqual(readdirSync(folder), []);
  await clock.advance(300);
  const later = new Drafts(folder, clock, never);
  assert.equal(later.read('general'), 'half a thought 日本');
  assert.equal(later.read('ops'), '/topic');
  assert.equal(later.read('elsewhere'), '');
  later.write('general', '');
  later.flush();
  assert.deepEqual(readdirSync(folder), ['ops.txt']);
});

test('who types on and on has a draft on the disk after two seconds, and not before', async () => {
  const [folder, clock] = [temporaryFolder(), new FakeClock()];
  const drafts = new Drafts(folder, clock, never);
  const type = async (keys: number) => {
    for (let key = 0; key < keys; key += 1) {
      drafts.write('general', drafts.read('general') + key);
      await clock.advance(100);
    }
  };
  await type(19);
  assert.deepEqual(readdirSync(folder), []);
  await type(1);
  assert.deepEqual(readdirSync(folder), ['general.txt']);
  const kept = new Drafts(folder, clock, never);
  const before = kept.read('general');
  await type(19);
  assert.equal(kept.read('general'), before, 'the next one is due two seconds later');
});

test('no name of a room leads out of the folder', () => {
  const folder = temporaryFolder();
  const drafts = new Drafts(join(folder, 'drafts'), new FakeClock(), never);
  drafts.write('../../evil', 'x');
  drafts.flush();
  assert.deepEqual(readdirSync(folder), ['drafts']);
  assert.equal(drafts.read('../../evil'), 'x');
});

test('a disk that takes nothing is told of once, and typing goes on', () => {
  const file = join(temporaryFolder(), 'a file');
  writeFileSync(file, '');
  const told: Error[] = [];
  const drafts = new Drafts(file, new FakeClock(), (error) => told.push(error));
  for (const text of ['a', 'ab']) {
    drafts.write('general', text);
    drafts.flush();
  }
  assert.equal(told.length, 1);
  assert.equal(drafts.read('general'), 'ab');
});
