import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { build } from 'vite';

const STEP = /^const STEP = \d+;$/m;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/**
 * The client as it is, but for one number: a room opens with so many rows at once. What the real
 * one brings in step by step can so be measured in one piece.
 */
export async function buildWide(folder: string, rows: number): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: folder },
    plugins: [
      {
        name: 'wide',
        enforce: 'pre',
        transform(code, id) {
          if (!id.endsWith('/web/room/range.ts')) return undefined;
          if (!STEP.test(code)) throw new Error(`there is no ${STEP} in ${id}`);
          return code.replace(STEP, `const STEP = ${rows};`);
        },
      },
    ],
  });
}

/** Pages get the client in this folder, and all else from their server. */
export async function serveFrom(folder: string, context: BrowserContext): Promise<void> {
  // Its pages then come from nowhere, and must ask before they talk to a server on this machine.
  await context.grantPermissions(['local-network-access']);
  await context.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = pathname.startsWith('/room/') ? '/index.html' : pathname;
    await route.fulfill({
      body: readFileSync(join(folder, path)),
      contentType: TYPES[extname(path)] ?? 'application/octet-stream',
    });
  });
}
