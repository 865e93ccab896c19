import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildFolder, type Peer } from './peers.ts';

/** The server has one core for itself and the generator the other. */
const serverCore = 0;
export const generatorCore = 1;

const START_MS = 15_000;
const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `use` with a freshly started peer, which is gone afterwards with all it kept, also
 * where a signal ends this process first: it would go on to disturb what is measured next.
 */
export async function hosting<T>(
  peer: Peer,
  heartbeat: string,
  use: (url: string, pid: number) => Promise<T>,
): Promise<T> {
  const data = mkdtempSync(join(buildFolder, 'data-'));
  const command = ['-c', String(serverCore), ...peer.command(data, heartbeat)];
  const child = spawn('taskset', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const clear = () => {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  const end = () => process.exit(1);
  process.once('exit', clear);
  for (const signal of signals) process.once(signal, end);
  const complaints: string[] = [];
  child.stderr.on('data', (chunk) => complaints.push(String(chunk)));
  try {
    const url = await Promise.race([listening(child), failed(child, complaints)]);
    return await use(url, child.pid ?? 0);
  } finally {
    await stop(child);
    clear();
    process.off('exit', clear);
    for (const signal of signals) process.off(signal, end);
  }
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the peer has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the peer ended without saying where it listens');
}

async function failed(child: ChildProcess, complaints: string[]): Promise<never> {
  const signal = AbortSignal.timeout(START_MS);
  await once(child, 'exit', { signal }).catch(() => []);
  throw new Error(`the peer did not start: ${complaints.join('').slice(-500)}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
