import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { within } from '../../support/within.ts';
import { TestScreen } from './test-screen.ts';

const PROGRAM = fileURLToPath(new URL('./terminal-program.ts', import.meta.url));
const SIZE = { columns: 80, rows: 50 };

/** A shell on a terminal of its own, which ends with the test at the latest. */
export class Pty {
  readonly screen = new TestScreen(SIZE);
  /** What the program reported, once nobody is left who could report more. */
  readonly reported: Promise<string>;
  readonly #child: ChildProcess;
  readonly #lookers = new Set<() => void>();
  #raw = '';
  #commands = 0;

  constructor(test: TestContext, script: string) {
    this.#child = spawn(script, ['-qfec', 'sh -i', '/dev/null'], {
      env: { PATH: process.env.PATH, PS1: '$ ', TERM: 'xterm-256color', LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    test.after(() => this.#child.kill('SIGKILL'));
    this.screen.output.write('\x1b[?7h');
    this.screen.onAnswer((answer) => this.type(answer));
    this.#child.stdin?.on('error', () => {});
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      this.#raw += bytes.toString('latin1');
      this.screen.output.write(bytes, () => {
        for (const look of this.#lookers) look();
      });
    });
    const report = this.#child.stdio[3];
    let reported = '';
    report?.on('data', (bytes) => {
      reported += bytes;
    });
    this.reported = report ? once(report, 'close').then(() => reported) : Promise.resolve('');
  }

  /** Every byte that came so far. */
  get bytes(): Buffer {
    return Buffer.from(this.#raw, 'latin1');
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Resolves once `wanted` holds. */
  async until(wanted: () => boolean, what: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (wanted()) resolve();
    };
    this.#lookers.add(look);
    look();
    await within(promise, `${what}, where there was\n${this.screen.rows.join('\n')}`, 20_000);
    this.#lookers.delete(look);
  }

  shows(text: string): Promise<void> {
    return this.until(() => this.screen.rows.some((row) => row.includes(text)), text);
  }

  /** What a command of the shell prints; `$last` is how the one before it ended. */
  async run(command: string): Promise<string> {
    this.#commands += 1;
    const [start, end] = [`start-${this.#commands}\r\n`, `end-${this.#commands}\r\n`];
    this.type(
      `last=$?; echo "start"-${this.#commands}; ${command}; echo "end"-${this.#commands}\n`,
    );
    await this.until(() => this.#raw.includes(end), end);
    return this.#raw.slice(this.#raw.indexOf(start) + start.length, this.#raw.indexOf(end));
  }

  /** Starts the program, and answers its process id. */
  async start(): Promise<number> {
    this.type(`${process.execPath} ${PROGRAM}\n`);
    await this.shows('ready on');
    return this.pid();
  }

  pid(): number {
    return Number(/pid (\d+)/.exec(this.screen.rows[1] ?? '')?.[1]);
  }

  /** The process that the shell waits for. */
  foreground(): number {
    let pid = Number(this.#child.pid);
    for (;;) {
      const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
      if (child === '') return pid;
      pid = Number(child);
    }
  }

  /** The terminal goes away, as when a window is closed. */
  vanish(): void {
    this.#child.kill('SIGKILL');
  }
}
