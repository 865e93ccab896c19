import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../../start-error.ts';

/**
 * Holds a data folder for one process. The lock is the operating system's, taken
 * through an otherwise empty database, so it ends with the process however that ends.
 */
export function lockFolder(folder: string): Disposable {
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && error.message.includes('locked')) {
      throw new StartError(
        `the data folder ${folder} is in use by another chinwag; stop that one, or choose another folder with --data`,
      );
    }
    throw error;
  }
  return { [Symbol.dispose]: () => lock.close() };
}
