import type { TestContext } from 'node:test';
import { Chinwag, type Exit } from './process.ts';
import { temporaryFolder } from './server.ts';
import { within } from './within.ts';

export type Finished = Exit & { readonly stdout: string; readonly stderr: string };

/** One person at one machine, whose scripts run chinwag against one server. */
export class Scripter {
  readonly #test: TestContext;
  readonly #env: Readonly<Record<string, string>>;

  constructor(test: TestContext, url: string, name = 'ci') {
    this.#test = test;
    this.#env = { CHINWAG_SERVER: url, CHINWAG_NAME: name, XDG_STATE_HOME: temporaryFolder() };
  }

  /** A command that goes on until the test ends it. */
  start(...args: readonly string[]): Chinwag {
    return Chinwag.launch(this.#test, { args, env: this.#env });
  }

  /** A command from start to end, without any input. */
  run(...args: readonly string[]): Promise<Finished> {
    return this.pipe('', ...args);
  }

  /** The same with this as its input. */
  async pipe(input: string | Uint8Array, ...args: readonly string[]): Promise<Finished> {
    const chinwag = this.start(...args);
    chinwag.write(input);
    chinwag.endInput();
    return finished(chinwag);
  }
}

/** Resolves when it has ended, with everything it said. */
export async function finished(chinwag: Chinwag): Promise<Finished> {
  const exit = await within(chinwag.exited, 'the command to end', 20_000);
  return { ...exit, stdout: chinwag.stdout, stderr: chinwag.stderr };
}
