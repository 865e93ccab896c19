import { spawnSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../../support/server.ts';

/** How often a window is looked at, in milliseconds. */
const LOOK_MS = 100;
const DEADLINE_MS = 30_000;

/** A tmux of its own, which ends with the test: windows with a shell each. */
export class Tmux {
  readonly #program: string;
  readonly #socket: string;

  constructor(test: TestContext, program: string) {
    this.#program = program;
    this.#socket = `${temporaryFolder()}/tmux`;
    test.after(() => this.#run('kill-server'));
  }

  /** Opens a window of this size that runs a shell. */
  open(name: string, columns: number, rows: number): void {
    const size = ['-x', `${columns}`, '-y', `${rows}`];
    this.#run('new-session', '-d', '-s', name, ...size, 'env PS1="$ " ENV= sh');
  }

  /** Types text as it stands. */
  type(name: string, text: string): void {
    this.#run('send-keys', '-t', name, '-l', '--', text);
  }

  /** Presses keys by tmux's names: `Enter`, `PPage`, `M-Up`. */
  press(name: string, ...keys: readonly string[]): void {
    this.#run('send-keys', '-t', name, ...keys);
  }

  look(name: string): string {
    return this.#run('capture-pane', '-p', '-t', name);
  }

  /** The window's text once it is as wanted; fails after a while with what it shows instead. */
  async shows(name: string, wanted: RegExp): Promise<string> {
    const until = Date.now() + DEADLINE_MS;
    for (;;) {
      const text = this.look(name);
      if (wanted.test(text)) return text;
      if (Date.now() > until) throw new Error(`${name} does not show ${wanted}:\n${text}`);
      await pause(LOOK_MS);
    }
  }

  #run(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(
      this.#program,
      ['-S', this.#socket, '-f', '/dev/null', '-u', ...args],
      { encoding: 'utf8' },
    );
    if (status !== 0 && args[0] !== 'kill-server') throw new Error(`tmux ${args[0]}: ${stderr}`);
    return stdout;
  }
}
