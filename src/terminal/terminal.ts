import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import { inspect } from 'node:util';
import { strip } from '../chat/strip.ts';
import type { Clock } from '../client/index.ts';
import type { Input } from './input.ts';
import { Keyboard } from './keyboard.ts';
import { Painter } from './painter.ts';
import { paletteOf } from './palette.ts';
import type { Frame, Screen, Size } from './screen.ts';
import { type Background, backgroundFrom, backgroundOf } from './theme.ts';

export type TerminalOptions = {
  readonly input: ReadStream & { readonly fd: number };
  readonly output: WriteStream & { readonly fd: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Everything but Ctrl-Z, which the terminal sees to itself. */
  readonly onInput: (input: Input) => void;
  /** The size is another one: the app lays out anew and paints. */
  readonly onResize: (size: Size) => void;
  /** The terminal went away. Called once at the most, and not for `close()`. */
  readonly onGone: () => void;
};

/** Another screen, its own title, no autowrap, pastes in brackets, kitty's unambiguous keys. */
const ENTER = '\x1b[?1049h\x1b[22;2t\x1b[?7l\x1b[?2004h\x1b[>1u\x1b[m\x1b[2J\x1b[H';
/** All of it back, from whatever state a frame may have left. */
const LEAVE =
  '\x1b[?2026l\x1b[r\x1b[m\x1b[2J\x1b[?25h\x1b[<u\x1b[?2004l\x1b[?7h\x1b[23;2t\x1b[?1049l';
/** The background's colour, and then what every terminal answers: after that no colour comes. */
const ASK_BACKGROUND = '\x1b]11;?\x1b\\\x1b[c';
const BACKGROUND_MS = 250;
const LONGEST_TITLE = 200;
const FATAL = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

/**
 * The person's terminal, taken over when made and given back by `close()` and by every other way
 * out: a signal, an error nobody caught, the end of the process, Ctrl-Z until they come back.
 */
export class Terminal implements Screen {
  /** Which background it has, by the environment or its own word; dark where neither says. */
  readonly background: Promise<Background>;
  readonly #options: TerminalOptions;
  readonly #painter: Painter;
  readonly #keyboard: Keyboard;
  readonly #resolveBackground: (background: Background) => void;
  #title = '';
  #state: 'open' | 'closed' = 'open';

  constructor(options: TerminalOptions) {
    const { output, environment, clock } = options;
    this.#options = options;
    this.#painter = new Painter(output, sizeOf(output), paletteOf(environment));
    this.#keyboard = new Keyboard(clock, {
      onInput: (input) => this.#onInput(input),
      onAnswer: (answer) => this.#resolveBackground(backgroundOf(answer) ?? 'dark'),
    });
    const { promise, resolve } = Promise.withResolvers<Background>();
    this.background = promise;
    this.#resolveBackground = resolve;
    this.#enter();
    this.#listen();
    this.#askBackground();
  }

  get size(): Size {
    return this.#painter.size;
  }

  paint(frame: Frame): void {
    this.#painter.paint(frame);
  }

  /** Paints the last frame from scratch, where something else has written on the screen. */
  repaint(): void {
    this.#painter.repaint();
  }

  /** What stands over the window or on its tab. */
  title(text: string): void {
    const title = strip(text).replaceAll('\n', ' ').slice(0, LONGEST_TITLE);
    if (title === this.#title || this.#state === 'closed') return;
    this.#title = title;
    this.#options.output.write(titleOf(title));
  }

  /** Asks for attention. */
  ring(): void {
    if (this.#state === 'open') this.#options.output.write('\x07');
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#painter.close();
    this.#keyboard.close();
    this.#resolveBackground('dark');
    this.#unlisten();
    this.#leave();
    this.#options.input.pause();
  }

  #onInput(input: Input): void {
    if (input.kind === 'key' && input.key === 'ctrl-z') this.#suspend();
    else this.#options.onInput(input);
  }

  #askBackground(): void {
    const said = backgroundFrom(this.#options.environment.COLORFGBG);
    if (said !== undefined) {
      this.#resolveBackground(said);
      return;
    }
    this.#options.output.write(ASK_BACKGROUND);
    const stop = this.#options.clock.after(BACKGROUND_MS, () => this.#resolveBackground('dark'));
    this.background.then(stop);
  }

  #enter(): void {
    setRaw(this.#options.input, true);
    this.#writeNow(ENTER + (this.#title === '' ? '' : titleOf(this.#title)));
  }

  #leave(): void {
    this.#writeNow(LEAVE);
    setRaw(this.#options.input, false);
  }

  /**
   * Stops the whole job, as Ctrl-Z does where a terminal sees to it. Where nobody can start it
   * again, as without a shell, the system lets it run on, and nothing has happened.
   */
  readonly #suspend = () => {
    process.off('SIGTSTP', this.#suspend);
    process.off('SIGCONT', this.#comeBack);
    this.#leave();
    process.kill(0, 'SIGTSTP');
    // Here time may have passed.
    this.#takeBack();
    process.on('SIGTSTP', this.#suspend);
    process.on('SIGCONT', this.#comeBack);
  };

  /** After a stop that came without a word, somebody else had the terminal. */
  readonly #comeBack = () => {
    this.#leave();
    this.#takeBack();
  };

  #takeBack(): void {
    this.#enter();
    this.#painter.repaint();
    // A size that changed meanwhile was told to others.
    process.kill(process.pid, 'SIGWINCH');
  }

  readonly #onData = (bytes: Buffer) => this.#keyboard.feed(bytes);

  readonly #onResize = () => {
    const size = sizeOf(this.#options.output);
    this.#painter.resize(size);
    this.#options.onResize(size);
  };

  readonly #onGone = () => {
    if (this.#state === 'closed') return;
    this.close();
    this.#options.onGone();
  };

  /** Ends as the signal says, unless somebody else listens to it and decides. */
  readonly #onFatal = (signal: NodeJS.Signals) => {
    this.close();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };

  readonly #onUncaught = (error: unknown) => {
    this.close();
    writeAll(process.stderr.fd, `${strip(inspect(error))}\n`);
    process.exit(1);
  };

  readonly #onExit = () => this.close();

  #listen(): void {
    const { input, output } = this.#options;
    input.on('data', this.#onData);
    input.on('end', this.#onGone);
    input.on('error', this.#onGone);
    // Whoever asked something before this may have paused it.
    input.resume();
    output.on('error', this.#onGone);
    output.on('resize', this.#onResize);
    for (const signal of FATAL) process.on(signal, this.#onFatal);
    process.on('SIGTSTP', this.#suspend);
    process.on('SIGCONT', this.#comeBack);
    process.on('uncaughtException', this.#onUncaught);
    process.on('exit', this.#onExit);
  }

  /** The streams' errors stay listened to: a terminal that is gone has nothing left to say. */
  #unlisten(): void {
    const { input, output } = this.#options;
    input.off('data', this.#onData);
    input.off('end', this.#onGone);
    output.off('resize', this.#onResize);
    for (const signal of FATAL) process.off(signal, this.#onFatal);
    process.off('SIGTSTP', this.#suspend);
    process.off('SIGCONT', this.#comeBack);
    process.off('uncaughtException', this.#onUncaught);
    process.off('exit', this.#onExit);
  }

  #writeNow(text: string): void {
    writeAll(this.#options.output.fd, text);
  }
}

function sizeOf({ columns, rows }: WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}

function titleOf(text: string): string {
  return `\x1b]2;${text}\x1b\\`;
}

function setRaw(input: ReadStream, isRaw: boolean): void {
  try {
    input.setRawMode(isRaw);
  } catch {
    // The terminal is gone, and its modes with it.
  }
}

/** Writes now, as far as there is somebody to write to. */
function writeAll(fd: number, text: string): void {
  try {
    let rest = Buffer.from(text);
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch {
    // The terminal is gone, or takes nothing more: there is nothing to give back.
  }
}
