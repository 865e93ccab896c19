import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One import, or re-export, in a file. */
export type Import = {
  /** The importing file, as `src/server/hub.ts`. */
  readonly from: string;
  /** The file imported in the same form, or what was written where that is no file of ours. */
  readonly to: string;
  /** True where nothing of it is left when the types are stripped. */
  readonly isType: boolean;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STATEMENT = /^(?:import|export)\s(?<what>[^'";]*?)\s?from\s*'(?<named>[^']+)'/gm;
const BARE = /^import\s*'(?<bare>[^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'(?<dynamic>[^']+)'\s*\)/g;

/** Every source file under `src/`, by path. */
export function sources(): Map<string, string> {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => /\.tsx?$/.test(file)).map((file) => posix.join('src', file));
  return new Map(code.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
}

export function importsIn(files: ReadonlyMap<string, string>): Import[] {
  return [...files].flatMap(([from, source]) => {
    const found = [STATEMENT, BARE, DYNAMIC].flatMap((pattern) => [...source.matchAll(pattern)]);
    return found.map(({ groups = {} }) => {
      const written = groups.named ?? groups.bare ?? groups.dynamic ?? '';
      return { from, to: resolve(from, written), isType: isTypeOnly(groups.what) };
    });
  });
}

function resolve(from: string, written: string): string {
  return written.startsWith('.') ? posix.join(posix.dirname(from), written) : written;
}

/** `type { … }`, `type * as x`, or braces in which each name is a type. */
function isTypeOnly(what: string | undefined): boolean {
  if (what === undefined) return false;
  if (/^type[\s{*]/.test(what)) return true;
  const names = /^\{(?<names>[^}]*)\}$/.exec(what.trim())?.groups?.names;
  const all = names?.split(',').map((name) => name.trim()) ?? ['a value'];
  return all.filter((name) => name !== '').every((name) => name.startsWith('type '));
}
