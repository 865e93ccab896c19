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

/** An empty folder that is gone when the test has ended. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'chinwag-test-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
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
