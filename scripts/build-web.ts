import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Makes `dist/web` where it is missing, or older than what it is made from. */
const root = fileURLToPath(new URL('..', import.meta.url));
const madeFrom = ['src/web', 'src/chat', 'src/client', 'src/protocol', 'scripts', 'vite.config.ts'];
const stamp = join(root, 'dist/web/.made-from');

const now = fingerprint();
if (now !== last()) {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(stamp, now);
}

/** Names, sizes and times of everything it is made from: a look that costs a few milliseconds. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const look = (path: string): void => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path}\n${size}\n${mtimeMs}\n`);
  };
  for (const path of [...madeFrom, 'package.json']) {
    look(path);
    if (!statSync(join(root, path)).isDirectory()) continue;
    const inside = readdirSync(join(root, path), { recursive: true, encoding: 'utf8' });
    for (const file of inside.sort()) look(join(path, file));
  }
  return hash.digest('hex');
}

function last(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}
