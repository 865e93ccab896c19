import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./storage-program.ts', import.meta.url));

/** Another process that opens a data folder and, once it has it, writes without a pause. */
export class StorageProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(test: TestContext, folder: string) {
    this.#child = spawn(process.execPath, [PROGRAM, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    test.after(() => this.kill());
    if (this.#child.stdout === null) throw new Error('the process has no output');
    this.#lines = linesOf(this.#child.stdout);
  }

  /** What it says next: `opened EPOCH`, `refused WHY`, or the `seq` of an event it has appended. */
  async line(): Promise<string> {
    const { value } = await this.#lines.next();
    return value ?? '';
  }

  /** As a power cut of the process: no word, no cleaning up. Resolves with what it still said. */
  async kill(): Promise<string[]> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return [];
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
    const rest: string[] = [];
    for (let line = await this.line(); line !== ''; line = await this.line()) rest.push(line);
    return rest;
  }
}

async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
