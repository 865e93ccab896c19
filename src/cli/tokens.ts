import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * What makes this machine's user the same guest as last time, for each server and name. Each
 * token has a file of its own, so that commands which run at once never undo each other's.
 */

/** A token cannot be read. Without it this machine's guest is a stranger. */
export class DamagedToken extends Error {
  constructor(file: string) {
    super(`${file} is damaged; mend or remove it, and come back under a new name`);
    this.name = 'DamagedToken';
  }
}

export function readToken(server: string, name: string): string | undefined {
  const file = fileOf(server, name);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const kept = parsed(content);
  if (!isKept(kept)) throw new DamagedToken(file);
  return kept.token;
}

/** Keeps the token, or forgets it where it is undefined. Only its owner may read the file. */
export function writeToken(server: string, name: string, token: string | undefined): void {
  const file = fileOf(server, name);
  if (token === undefined) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ server, name, token }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** Names and addresses may have any character, and any length. */
function fileOf(server: string, name: string): string {
  const state = process.env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  const hash = createHash('sha256').update(`${name}@${server}`).digest('hex');
  return join(state, 'chinwag', 'tokens', `${hash.slice(0, 32)}.json`);
}

/** Undefined for what is no JSON. */
function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is { readonly token: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'token' in value &&
    typeof value.token === 'string'
  );
}
