import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const builtWeb = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** Every file of the built browser client, as its address and its bytes. */
export function builtFiles(): ReadonlyMap<string, Buffer> {
  const found = readdirSync(builtWeb, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.map((file) => [file.slice(builtWeb.length - 1), readFileSync(file)]));
}
