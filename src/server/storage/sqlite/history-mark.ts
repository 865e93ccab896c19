import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { int, text } from './column.ts';

/**
 * Finds out whether the history in a data folder is the one that clients know, and
 * gives it a new epoch when it is not. Three things give a restored backup away:
 *
 * - the file `origin` is written once and never again, so that its inode and change
 *   time differ in any copy of the folder;
 * - the database knows its own inode, which a tool that restores only what has changed,
 *   and so leaves `origin` alone, gives to no file that it puts in the old one's place;
 * - the file `high-water` says how many events there were at least. A database with
 *   fewer was put back by itself.
 */
export class HistoryMark {
  readonly epoch: string;
  readonly #file: string;
  #events: number;
  #written: number;

  /** `file` is that of `db`, in `folder`. */
  constructor(db: DatabaseSync, file: string, folder: string) {
    this.#file = join(folder, 'high-water');
    this.#events = int(db.prepare('SELECT coalesce(sum(head), 0) AS n FROM rooms').get()?.n);
    const known = readMeta(db);
    const origin = fingerprint(file, folder);
    if (
      known !== undefined &&
      known.origin === origin &&
      this.#events >= highWater(this.#file, known.epoch)
    ) {
      this.epoch = known.epoch;
    } else {
      this.epoch = randomUUID();
      writeFileSync(join(folder, 'origin'), `${this.epoch}\n`);
      writeMeta(db, this.epoch, fingerprint(file, folder));
    }
    this.#written = -1;
    this.write();
  }

  /** Counts events that are now safely on disk. */
  add(events: number): void {
    this.#events += events;
  }

  /** Never ahead of the database, since it is written after the commit. */
  write(): void {
    if (this.#written === this.#events) return;
    writeFileSync(this.#file, `${this.epoch} ${this.#events}\n`);
    this.#written = this.#events;
  }
}

function readMeta(db: DatabaseSync): { epoch: string; origin: string } | undefined {
  const get = db.prepare('SELECT value FROM meta WHERE name = ?');
  const epoch = get.get('epoch');
  const origin = get.get('origin');
  if (epoch === undefined || origin === undefined) return undefined;
  return { epoch: text(epoch.value), origin: text(origin.value) };
}

function writeMeta(db: DatabaseSync, epoch: string, origin: string): void {
  const set = db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  db.exec('BEGIN IMMEDIATE');
  set.run('epoch', epoch);
  set.run('origin', origin);
  db.exec('COMMIT');
}

function fingerprint(file: string, folder: string): string {
  const database = statSync(file, { bigint: true });
  const origin = statSync(join(folder, 'origin'), { bigint: true, throwIfNoEntry: false });
  if (origin === undefined) return 'missing';
  return `${database.ino} ${origin.ino} ${origin.ctimeNs}`;
}

function highWater(file: string, epoch: string): number {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return 0;
  }
  const [of, events] = content.trim().split(' ');
  return of === epoch ? Number(events) : 0;
}
