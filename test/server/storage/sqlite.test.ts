import { SqliteStorage } from '../../../src/server/storage/sqlite/sqlite.ts';
import { storageContract } from '../../contracts/storage.ts';
import { temporaryFolder } from '../../support/server.ts';

storageContract({
  name: 'sqlite',
  async open(test) {
    const folder = temporaryFolder();
    let storage = await SqliteStorage.open(folder);
    test.after(() => storage.close());
    const again = async () => {
      await storage.close();
      storage = await SqliteStorage.open(folder);
      return storage;
    };
    return { storage, again };
  },
});
