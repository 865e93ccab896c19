import { MemoryStorage } from '../../src/server/storage/memory.ts';
import type { Appended, Draft } from '../../src/server/storage/storage.ts';

/** A storage that tells only when the test says so whether what it was given is on disk. */
export class SlowDisk extends MemoryStorage {
  /** Resolves when the first event is there to be stored. */
  readonly begun = Promise.withResolvers<void>();
  /** For the test to resolve or reject. */
  readonly synced = Promise.withResolvers<void>();

  override async append(draft: Draft): Promise<Appended> {
    this.begun.resolve();
    await this.synced.promise;
    return super.append(draft);
  }
}
