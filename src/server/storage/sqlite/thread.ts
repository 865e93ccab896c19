import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { StartError } from '../../start-error.ts';
import { NoSuchRoom } from '../storage.ts';
import type { CallTo, Opened, Outcome, Read, Write } from './calls.ts';
import { HistoryMark } from './history-mark.ts';
import { lockFolder } from './lock.ts';
import { migrate } from './migrations.ts';
import { Reads } from './reads.ts';
import { Writes } from './writes.ts';

/**
 * One thread that owns one connection: the writer, which holds the folder's lock, or
 * the reader. Batches come in and one answer for each call goes out, in order.
 */

const FILE = 'chinwag.db';
const HIGH_WATER_EVERY_MS = 1_000;

export type ThreadData = { readonly role: 'write' | 'read'; readonly folder: string };
export type ToWriter = readonly CallTo<Write>[] | 'close';
export type ToReader = readonly CallTo<Read>[] | 'close';

const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');
const { role, folder }: ThreadData = workerData;

if (role === 'write') {
  openWriter();
} else {
  openReader();
}

function openWriter(): void {
  let opened: Opened;
  try {
    mkdirSync(folder, { recursive: true });
    const lock = lockFolder(folder);
    const db = new DatabaseSync(join(folder, FILE));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
    migrate(db, join(folder, FILE));
    const mark = new HistoryMark(db, join(folder, FILE), folder);
    serveWrites(db, mark, lock);
    opened = { kind: 'opened', epoch: mark.epoch };
  } catch (error) {
    opened = { kind: 'refused', message: whyNotOpened(error) };
    port?.once('message', () => port.close());
  }
  port?.postMessage(opened);
}

function serveWrites(db: DatabaseSync, mark: HistoryMark, lock: Disposable): void {
  const writes = new Writes(db);
  const timer = setInterval(() => writeMark(mark), HIGH_WATER_EVERY_MS);
  port?.on('message', (batch: ToWriter) => {
    if (batch === 'close') {
      clearInterval(timer);
      writeMark(mark);
      db.close();
      lock[Symbol.dispose]();
      port.close();
      return;
    }
    port.postMessage(commit(db, writes, mark, batch));
  });
}

function writeMark(mark: HistoryMark): void {
  try {
    mark.write();
  } catch {
    // A full disk: the mark stays behind, which is the safe side, until the next time.
  }
}

/** All of the batch in one synced transaction, or none of it. */
function commit(
  db: DatabaseSync,
  writes: Writes,
  mark: HistoryMark,
  batch: readonly CallTo<Write>[],
): Outcome[] {
  try {
    db.exec('BEGIN IMMEDIATE');
    const outcomes = batch.map((call) => outcomeOf(() => write(writes, call)));
    const events = writes.settle();
    db.exec('COMMIT');
    mark.add(events);
    return outcomes;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    writes.forget();
    const message = error instanceof Error ? error.message : String(error);
    if (isOfTheDisk(error)) return batch.map(() => ({ kind: 'failed', message }));
    if (batch.length === 1) return [{ kind: 'broken', message }];
    // One of them cannot be done: the others must not suffer for it.
    return batch.flatMap((call) => commit(db, writes, mark, [call]));
  }
}

/** Busy, locked, out of memory, read-only, input or output, full, cannot be opened. */
const DISK_CODES: ReadonlySet<unknown> = new Set([5, 6, 7, 8, 10, 13, 14]);

function isOfTheDisk(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  const { errcode } = error;
  // The low byte is the kind of failure, what is above it says more.
  return typeof errcode === 'number' && DISK_CODES.has(errcode & 0xff);
}

function write(writes: Write, call: CallTo<Write>): unknown {
  switch (call.name) {
    case 'append':
      return writes.append(...call.args);
    case 'createRoom':
      return writes.createRoom(...call.args);
    case 'enter':
      return writes.enter(...call.args);
    case 'leave':
      return writes.leave(...call.args);
    case 'markRead':
      return writes.markRead(...call.args);
    case 'addPerson':
      return writes.addPerson(...call.args);
    case 'forgetPerson':
      return writes.forgetPerson(...call.args);
    case 'seen':
      return writes.seen(...call.args);
    case 'probe':
      return writes.probe();
  }
}

/** Started when the writer has made the tables. */
function openReader(): void {
  const db = new DatabaseSync(join(folder, FILE), { readOnly: true });
  const reads = new Reads(db);
  port?.on('message', (batch: ToReader) => {
    if (batch === 'close') {
      db.close();
      port.close();
      return;
    }
    port.postMessage(batch.map((call) => readOutcome(reads, call)));
  });
}

function readOutcome(reads: Read, call: CallTo<Read>): Outcome {
  try {
    return outcomeOf(() => read(reads, call));
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function read(reads: Read, call: CallTo<Read>): unknown {
  switch (call.name) {
    case 'events':
      return reads.events(...call.args);
    case 'messages':
      return reads.messages(...call.args);
    case 'room':
      return reads.room(...call.args);
    case 'rooms':
      return reads.rooms(...call.args);
    case 'memberships':
      return reads.memberships(...call.args);
    case 'personByToken':
      return reads.personByToken(...call.args);
  }
}

/** A missing room is an answer to one call; anything else ends the whole batch. */
function outcomeOf(run: () => unknown): Outcome {
  try {
    return { kind: 'done', value: run() };
  } catch (error) {
    if (error instanceof NoSuchRoom) return { kind: 'no such room', room: error.room };
    throw error;
  }
}

function whyNotOpened(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return `the data folder ${folder} cannot be opened: ${reason}; check that it exists and may be written, or choose another with --data`;
}
