import type { DatabaseSync } from 'node:sqlite';
import { StartError } from '../../start-error.ts';

/**
 * Every step from an empty file to today's tables, applied in order in one
 * transaction. A step that was released is never edited: add another.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT UNIQUE,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Every form under which a name is held: case-folded, and as it looks.
  CREATE TABLE names (
    form TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX names_by_person ON names (person);

  CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    room TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    head INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE members (
    person TEXT NOT NULL REFERENCES people (id),
    room INTEGER NOT NULL REFERENCES rooms (id),
    role TEXT NOT NULL,
    read INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (person, room)
  ) STRICT, WITHOUT ROWID;

  -- The journal: one row for every change of a room, whatever kind it is.
  CREATE TABLE events (
    room INTEGER NOT NULL REFERENCES rooms (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT,
    target INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX events_by_key ON events (room, person, key) WHERE key IS NOT NULL;
  `,
];

/** Brings the tables up to date, or refuses a database that a newer version wrote. */
export function migrate(db: DatabaseSync, file: string): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > migrations.length) {
    throw new StartError(
      `${file} was written by a newer chinwag (its version ${version}, this one knows ${migrations.length}); install the newer one, or use another --data folder`,
    );
  }
  if (version === migrations.length) return;
  db.exec('BEGIN IMMEDIATE');
  for (const step of migrations.slice(version)) db.exec(step);
  db.exec(`PRAGMA user_version = ${migrations.length}`);
  db.exec('COMMIT');
}
