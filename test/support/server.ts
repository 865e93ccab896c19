import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Config } from '../../src/server/config.ts';
import { configFrom } from '../../src/server/config.ts';
import type { Log } from '../../src/server/log.ts';
import { type Server, type ServerTools, startServer } from '../../src/server/server.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';

/** Says nothing, and remembers nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

export const testConfig: Config = {
  ...configFrom({ port: '0', 'rate-limit': 'off' }, {}),
};

/**
 * An empty folder, gone when the process of the tests ends: `after` hooks run in the order
 * in which they were made, so one here would run before that of the server in the folder.
 */
export function temporaryFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'chinwag-test-'));
  if (folders.length === 0) process.once('exit', removeFolders);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A server on a free port of loopback, in memory unless told otherwise, stopped by the test. */
export async function serverFor(
  test: TestContext,
  config: Partial<Config> = {},
  tools: Partial<ServerTools> = { storage: new MemoryStorage() },
): Promise<Server> {
  const server = await startServer({ ...testConfig, ...config }, { log: silentLog, ...tools });
  test.after(() => server.stop());
  return server;
}
