import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { within } from './within.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const READY = /^chinwag is listening on (http\S+)\n/;

/** The command that runs chinwag from the sources, on the Node that runs the test. */
export const fromSource: readonly string[] = [process.execPath, MAIN];

export type Launch = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What runs chinwag; `fromSource` unless told otherwise. */
  readonly command?: readonly string[];
  readonly cwd?: string;
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A chinwag in a process of its own, which ends with the test at the latest. */
export class Chinwag {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #lookers = new Set<() => void>();
  #stdout = '';
  #stderr = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.on('data', (text) => {
      this.#stdout += text;
      for (const look of this.#lookers) look();
    });
    // A program that ends without reading its input is no failure of the test.
    child.stdin?.on('error', () => {});
    child.stderr?.on('data', (text) => {
      this.#stderr += text;
    });
    this.exited = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  static launch(test: TestContext, { args = [], env = {}, command, cwd }: Launch): Chinwag {
    const [program = '', ...before] = command ?? fromSource;
    const child = spawn(program, [...before, ...args], {
      env: { ...cleanEnvironment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    const chinwag = new Chinwag(child);
    test.after(() => chinwag.kill());
    return chinwag;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the process did not start');
    return this.#child.pid;
  }

  /** Where it listens, once it says so on its first line. */
  async ready(): Promise<string> {
    return (await this.printed(READY))[1] ?? '';
  }

  /** Resolves once its standard output matches. */
  async printed(wanted: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const look = () => {
      const match = wanted.exec(this.#stdout);
      if (match !== null) resolve(match);
    };
    this.#lookers.add(look);
    look();
    this.exited.then(() => reject(new Error(`it ended before ${wanted}: ${this.#stderr}`)));
    return within(promise, `${wanted} in ${JSON.stringify(this.#stdout)}`, 20_000);
  }

  /** Types a line into it. */
  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Puts into it what is no whole line, or no text. */
  write(bytes: string | Uint8Array): void {
    this.#child.stdin?.write(bytes);
  }

  /** Reads nothing more of what it prints, and lets it know as a closed pipe does. */
  closeOutput(): void {
    this.#child.stdout?.destroy();
  }

  /** Ends its input. */
  endInput(): void {
    this.#child.stdin?.end();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** As a power cut would: no word, no cleaning up. Resolves when it is gone. */
  async kill(): Promise<Exit> {
    this.#child.kill('SIGKILL');
    return this.exited;
  }
}

/** A server from the sources, on a free port, without a rate limit unless `args` sets one. */
export async function serve(
  test: TestContext,
  data: string,
  { args = [], ...rest }: Launch = {},
): Promise<Chinwag & { readonly url: string }> {
  const usual = ['serve', '--port', '0', '--data', data, '--rate-limit', 'off'];
  const chinwag = Chinwag.launch(test, { ...rest, args: [...usual, ...args] });
  return Object.assign(chinwag, { url: await chinwag.ready() });
}

/** Runs chinwag to its end. */
export async function run(test: TestContext, launch: Launch) {
  const chinwag = Chinwag.launch(test, launch);
  const exit = await within(chinwag.exited, 'the process to end', 20_000);
  return { ...exit, stdout: chinwag.stdout, stderr: chinwag.stderr };
}

/** Without what the machine of the test happens to set. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  // Where CI is set, Node takes a terminal for a log.
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== 'CI' && !name.startsWith('CHINWAG_'),
  );
  return Object.fromEntries(kept.filter(([name]) => name !== 'NODE_TEST_CONTEXT'));
}
