import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildFolder, type Peer } from './peers.ts';

/** The server has one core for itself and the generator the other. */
const serverCore = 0;
export const generatorCore = 1;

const START_MS = 15_000;

/** Runs `use` with a freshly started peer, which is gone afterwards with all it kept. */
export async function hosting<T>(
  peer: Peer,
  heartbeat: string,
  use: (url: string, pid: number) => Promise<T>,
): Promise<T> {
  const data = await mkdtemp(join(buildFolder, 'data-'));
  const command = ['-c', String(serverCore), ...peer.command(data, heartbeat)];
  const child = spawn('taskset', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk) => complaints.push(String(chunk)));
  try {
    const url = await Promise.race([listening(child), failed(child, complaints)]);
    return await use(url, child.pid ?? 0);
  } finally {
    await stop(child);
    await rm(data, { recursive: true, force: true });
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
