import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const LEAVE = '\u0004';

/** `chinwag join` on a pseudo-terminal of its own, which util-linux's `script` keeps. */
export class PseudoTerminal {
  readonly #child: ChildProcess;
  #wanted: { readonly text: string; readonly found: (at: number) => void } | undefined;

  constructor(url: string, state: string) {
    const join = `exec ${process.execPath} ${MAIN} join ${url} --name reader`;
    const command = `stty cols 120 rows 40; ${join}`;
    this.#child = spawn('script', ['-q', '-f', '-c', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        TERM: 'xterm-256color',
        XDG_STATE_HOME: state,
        XDG_CONFIG_HOME: state,
        COLORFGBG: '15;0',
      },
    });
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      if (this.#wanted === undefined || !bytes.includes(this.#wanted.text)) return;
      this.#wanted.found(performance.now());
      this.#wanted = undefined;
    });
  }

  /** The process of the client itself. */
  get pid(): number {
    const { pid } = this.#child;
    const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return Number(child);
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** When what comes next to the terminal has this text in it. */
  async shows(text: string, ms: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const timer = setTimeout(() => reject(new Error(`no ${text} within ${ms} ms`)), ms);
    this.#wanted = { text, found: resolve };
    return promise.finally(() => clearTimeout(timer));
  }

  async leave(): Promise<void> {
    this.type(LEAVE);
    await once(this.#child, 'exit');
  }
}
