import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isEntry } from '../chat/outbox-entry.ts';
import type { OutboxEntry, OutboxStorage } from '../client/index.ts';
import { syncFolder, writeWhole } from './write-whole.ts';

/**
 * Unsent messages, a file for each, named so that they sort as they were written. What is put is
 * on the disk, whole, before the promise resolves. Two clients may use one folder at once: they
 * write different files, and to remove one twice is no error. A file that cannot be read is set
 * aside under another name and told of, never dropped.
 */
export class OutboxFolder implements OutboxStorage {
  readonly #folder: string;
  readonly #damaged: (file: string) => void;
  readonly #files = new Map<string, string>();
  #turn: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(folder: string, damaged: (file: string) => void) {
    this.#folder = folder;
    this.#damaged = damaged;
  }

  load(): Promise<readonly OutboxEntry[]> {
    return this.#next(async () => {
      const entries: OutboxEntry[] = [];
      for (const file of (await this.#names()).filter((name) => name.endsWith('.json')).sort()) {
        const content = await readIfThere(join(this.#folder, file));
        if (content === undefined) continue;
        const entry = entryOf(content);
        if (entry === undefined) await this.#setAside(file);
        else if (!this.#files.has(entry.key)) {
          this.#files.set(entry.key, file);
          entries.push(entry);
        }
      }
      return entries;
    });
  }

  put(entry: OutboxEntry): Promise<void> {
    const file = this.#files.get(entry.key) ?? this.#name(entry);
    this.#files.set(entry.key, file);
    return this.#next(() => writeWhole(join(this.#folder, file), JSON.stringify(entry)));
  }

  remove(key: string): Promise<void> {
    const file = this.#files.get(key);
    if (file === undefined) return Promise.resolve();
    return this.#next(async () => {
      await rm(join(this.#folder, file), { force: true });
      this.#files.delete(key);
    });
  }

  /** Resolves when everything that was asked for is done. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** One after the other: a removal must not overtake the writing of what it removes. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  #name({ at, key }: OutboxEntry): string {
    this.#count += 1;
    const order = `${String(at).padStart(15, '0')}-${String(this.#count).padStart(6, '0')}`;
    return `${order}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`;
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async #setAside(file: string): Promise<void> {
    const aside = join(this.#folder, `${file}.damaged`);
    await rename(join(this.#folder, file), aside);
    await syncFolder(this.#folder);
    this.#damaged(aside);
  }
}

/** Undefined where another client has sent it meanwhile. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function entryOf(content: string): OutboxEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return undefined;
  }
  return isEntry(value) ? value : undefined;
}
