import { readFileSync } from 'node:fs';

// Two folders up is the package, for the sources and for what is built from them.
const file = new URL('../../package.json', import.meta.url);
const manifest: { name: string; version: string } = JSON.parse(readFileSync(file, 'utf8'));

/** What the server says of itself. */
export const about = { name: manifest.name, version: manifest.version } as const;
