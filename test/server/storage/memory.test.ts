import { MemoryStorage } from '../../../src/server/storage/memory.ts';
import { storageContract } from '../../contracts/storage.ts';

storageContract({
  name: 'memory',
  async open() {
    const storage = new MemoryStorage();
    return { storage, again: async () => storage };
  },
});
