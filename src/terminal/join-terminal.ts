import { setFlagsFromString } from 'node:v8';
import { systemClock } from '../client/index.ts';
import { App, type Ending } from './app.ts';
import type { Tokens } from './session.ts';
import { Terminal } from './terminal.ts';

export type Visit = {
  readonly server: string;
  readonly room: string;
  readonly name: string;
  readonly tokens: Tokens;
};

/** Talks in rooms on the terminal that this process has, until the person leaves. */
export async function joinTerminal(visit: Visit): Promise<Ending> {
  // Left alone, the heap of a client that holds ten thousand messages is mostly garbage.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=25');
  const { stdin: input, stdout: output, env: environment } = process;
  const clock = systemClock;
  const app = new App({
    ...visit,
    environment,
    clock,
    display: (listeners) => new Terminal({ input, output, environment, clock, ...listeners }),
  });
  const quit = () => app.quit();
  const signals = ['SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, quit);
  try {
    return await app.ended;
  } finally {
    for (const signal of signals) process.off(signal, quit);
  }
}
