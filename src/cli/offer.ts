import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ChinwagError } from '../client/index.ts';
import { options } from '../server/config.ts';

const LONGEST_COMPLAINT = 2_000;

/** A server of this command's own. */
export type OwnServer = { stop(): Promise<void> };

/**
 * Where `error` says that nothing answers on this machine, and a person can be asked: offers to
 * start a server there. Undefined where that cannot be, or is not wanted.
 */
export async function offerServer(error: unknown, address: string): Promise<OwnServer | undefined> {
  const { hostname, port, protocol } = new URL(address);
  const isMissing = error instanceof ChinwagError && error.code === 'disconnected';
  const isHere = protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (!isMissing || !isHere || !process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  if (!(await isWanted(address))) return undefined;
  return startServer(hostname.replace(/^\[|\]$/g, ''), port === '' ? '80' : port);
}

async function isWanted(address: string): Promise<boolean> {
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = `Nothing answers at ${address}. Start a server here? [Y/n] `;
    // It rejects when the input ends without an answer.
    const answer = await asker.question(question).catch(() => 'no');
    return /^(y|yes|)$/i.test(answer.trim());
  } finally {
    asker.close();
  }
}

/** Out of reach of the terminal's Ctrl-C, but not of its parent's end: `serve` stops when the channel between them closes. */
async function startServer(host: string, port: string): Promise<OwnServer> {
  const [, main = ''] = process.argv;
  const child = fork(main, ['serve', '--host', host, '--port', port], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const [exited, closed] = [once(child, 'exit'), once(child, 'close')];
  let complaint = '';
  child.stderr?.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-LONGEST_COMPLAINT);
  });
  const ready = Promise.withResolvers<void>();
  child.stdout?.on('data', () => ready.resolve());
  await Promise.race([ready.promise, closed]);
  if (child.exitCode !== null) {
    throw new ChinwagError('unavailable', `no server could be started: ${complaint.trim()}`);
  }
  const data = resolve(process.env[options.data.environment] ?? options.data.byDefault);
  console.log(`A server runs for as long as you are here; its rooms are kept in ${data}.`);
  console.log('"chinwag serve" keeps one running.');
  return {
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
