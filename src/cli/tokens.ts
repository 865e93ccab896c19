import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What makes this machine's user the same guest as last time, for each server and name. */

type Tokens = Readonly<Record<string, string>>;

/** The file of tokens cannot be read. Without it this machine's guests are strangers. */
export class DamagedTokens extends Error {
  constructor(file: string) {
    super(`${file} is damaged; mend or remove it, and come back under a new name`);
    this.name = 'DamagedTokens';
  }
}

export function readToken(server: string, name: string): string | undefined {
  return readAll()[keyOf(server, name)];
}

/** Keeps the token, or forgets it where it is undefined. Only its owner may read the file. */
export function writeToken(server: string, name: string, token: string | undefined): void {
  const { [keyOf(server, name)]: _, ...others } = readAll();
  const tokens = token === undefined ? others : { ...others, [keyOf(server, name)]: token };
  const file = tokensFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

function keyOf(server: string, name: string): string {
  return `${name}@${server}`;
}

function tokensFile(): string {
  const state = process.env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  return join(state, 'chinwag', 'tokens.json');
}

function readAll(): Tokens {
  let content: string;
  try {
    content = readFileSync(tokensFile(), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const tokens = parsed(content);
  if (!areTokens(tokens)) throw new DamagedTokens(tokensFile());
  return tokens;
}

/** Undefined for what is no JSON. */
function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function areTokens(value: unknown): value is Tokens {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((token) => typeof token === 'string');
}
