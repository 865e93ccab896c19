import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ChinwagError } from '../client/index.ts';
import { options } from '../server/config.ts';
import { nothingAnswers } from './sign-in.ts';

const LONGEST_COMPLAINT = 2_000;

/** A server of this command's own. */
export type OwnServer = { stop(): Promise<void> };

/**
 * Where nothing listens at an address of this machine: offers to start a server there. Undefined
 * where none is missing; rejects with a `ChinwagError` where none is wanted.
 */
export async function offerServer(address: string): Promise<OwnServer | undefined> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? '80' : url.port;
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '::1'].includes(host);
  if (!isHere || (await isListening(host, Number(port)))) return undefined;
  if (!(await isWanted(address))) throw nothingAnswers(address);
  return startServer(host, port);
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
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
