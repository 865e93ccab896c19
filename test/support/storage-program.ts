import { SqliteStorage } from '../../src/server/storage/sqlite/sqlite.ts';
import { StorageFailure } from '../../src/server/storage/storage.ts';

/** Run by `StorageProcess`: opens the folder it is given and appends until it is killed. */
const [folder = ''] = process.argv.slice(2);
try {
  const storage = await SqliteStorage.open(folder);
  await storage.createRoom({ room: 'general', kind: 'public', title: '', at: 1 });
  console.log(`opened ${storage.epoch}`);
  const from = { id: 'u_other', name: 'other' };
  for (;;) {
    const draft = { type: 'message', room: 'general', at: 1, from, text: 'hello' } as const;
    const { seq } = await storage.append(draft);
    console.log(String(seq));
  }
} catch (error) {
  if (error instanceof StorageFailure || !(error instanceof Error)) throw error;
  console.log(`refused ${error.message}`);
}
