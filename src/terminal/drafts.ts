import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../client/index.ts';

/** How long after the last key a draft is written: a disk can take longer than a key may. */
const SOON_MS = 300;
/** At the latest so long after the first key, for who types on and on. */
const LATEST_MS = 2_000;

/**
 * What was typed in each room and not yet sent: a file for each room. Written when the keys
 * rest, and at once by `flush`. A disk that takes nothing is told of once: typing goes on.
 */
export class Drafts {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #failed: (error: Error) => void;
  readonly #unwritten = new Map<string, string>();
  #cancelSoon: (() => void) | undefined;
  #cancelLatest: (() => void) | undefined;
  #hasFailed = false;

  constructor(folder: string, clock: Clock, failed: (error: Error) => void) {
    this.#folder = folder;
    this.#clock = clock;
    this.#failed = failed;
  }

  read(room: string): string {
    const unwritten = this.#unwritten.get(room);
    if (unwritten !== undefined) return unwritten;
    try {
      return readFileSync(this.#file(room), 'utf8');
    } catch {
      return '';
    }
  }

  write(room: string, text: string): void {
    this.#unwritten.set(room, text);
    this.#cancelSoon?.();
    this.#cancelSoon = this.#clock.after(SOON_MS, () => this.flush());
    this.#cancelLatest ??= this.#clock.after(LATEST_MS, () => this.flush());
  }

  flush(): void {
    this.#cancelSoon?.();
    this.#cancelLatest?.();
    this.#cancelSoon = undefined;
    this.#cancelLatest = undefined;
    try {
      for (const [room, text] of this.#unwritten) this.#keep(room, text);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!this.#hasFailed) this.#failed(error);
      this.#hasFailed = true;
    }
  }

  #keep(room: string, text: string): void {
    const file = this.#file(room);
    if (text === '') {
      rmSync(file, { force: true });
    } else {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.${process.pid}`, text, { mode: 0o600 });
      renameSync(`${file}.${process.pid}`, file);
    }
    this.#unwritten.delete(room);
  }

  /** A room's name is a file's name, unless somebody asked for a room that cannot be. */
  #file(room: string): string {
    return join(this.#folder, `${encodeURIComponent(room)}.txt`);
  }
}
