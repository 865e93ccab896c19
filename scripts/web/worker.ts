import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const ASSET = /\/assets\/[\w.-]+/g;

/** Tells the service worker which files are of this build. */
export function worker(): Plugin {
  return {
    name: 'worker',
    writeBundle({ dir = '' }) {
      const offlinePage = readFileSync(join(dir, 'offline.html'), 'utf8');
      const offline = ['/offline.html', '/icon.svg', ...(offlinePage.match(ASSET) ?? [])];
      const assets = readdirSync(join(dir, 'assets')).map((name) => `/assets/${name}`);
      const file = join(dir, 'worker.js');
      const code = readFileSync(file, 'utf8');
      if (!code.includes('__BUILD__')) this.error('the service worker asks for no build');
      const hash = createHash('sha256').update(JSON.stringify([code, offlinePage, assets]));
      const version = hash.digest('base64url').slice(0, 12);
      const build = JSON.stringify({ version, offline, assets });
      writeFileSync(file, code.replaceAll('__BUILD__', build));
    },
  };
}
