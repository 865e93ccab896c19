import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { strip } from '../chat/strip.ts';
import { ChinwagError, type Client, type Room } from '../client/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { lineOf } from './message-line.ts';

type Input = Readable & Partial<Pick<ReadStream, 'isTTY'>>;
type Output = Writable & Partial<Pick<WriteStream, 'isTTY'>>;

const CLEAR_LINE = '\r\u001b[2K';
const UP = '\u001b[1A';

/** A room as lines: each that comes in is sent, each that is said comes out. */
export class Lines {
  readonly #client: Client;
  readonly #room: Room;
  readonly #source: Input;
  readonly #output: Output;
  /** A person types: there is a prompt, and what was typed is replaced by what was said. */
  readonly #isTyped: boolean;
  #input: Interface | undefined;
  #isAway = false;
  #shown = 0;
  #resets = 0;
  #unsaid: Promise<boolean>[] = [];

  constructor(client: Client, room: string, input: Input, output: Output) {
    this.#client = client;
    this.#room = client.room(room);
    this.#source = input;
    this.#output = output;
    this.#isTyped = input.isTTY === true && output.isTTY === true;
  }

  /** Resolves once the input has ended and all of it is on the server's disk. */
  async run(): Promise<ExitCode> {
    const stop = [
      this.#room.timeline.subscribe(() => this.#showMessages()),
      this.#client.state.subscribe(() => this.#showState()),
    ];
    const passing = this.#showPassing();
    try {
      await this.#room.join();
      const closed = this.#closedForGood();
      await Promise.race([this.#readAll(), this.#outputEnded(), closed]);
      const said = await Promise.race([Promise.all(this.#unsaid), closed]);
      return said.every(Boolean) ? exitCodes.done : exitCodes.refused;
    } finally {
      for (const end of stop) end();
      this.#client.close();
      await passing;
    }
  }

  /** Resolves when nobody reads the output any more, as behind `| head -1`. */
  #outputEnded(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#output.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') resolve();
        else reject(error);
      });
    });
  }

  /** Resolves at the end of the input. */
  #readAll(): Promise<void> {
    const [input, output] = [this.#source, this.#output];
    const lines = createInterface(
      this.#isTyped ? { input, output, prompt: '> ' } : { input, terminal: false },
    );
    this.#input = lines;
    lines.on('line', (line) => this.#typed(line));
    lines.on('SIGINT', () => lines.close());
    this.#prompt();
    return new Promise((resolve) => {
      lines.once('close', () => {
        // What is said from here on is still printed, and there is nothing to prompt for.
        this.#input = undefined;
        resolve();
      });
    });
  }

  #typed(line: string): void {
    if (this.#isTyped) this.#output.write(`${UP}${CLEAR_LINE}`);
    this.#prompt();
    if (line === '') return;
    const { acked } = this.#room.send(line);
    this.#unsaid.push(
      acked.then(
        () => true,
        (error: Error) => {
          this.#print(`! not sent: ${strip(error.message)}`);
          return false;
        },
      ),
    );
  }

  #showMessages(): void {
    const { messages, resets } = this.#room.timeline.get();
    if (resets > this.#resets) this.#print('* messages are missing here: you were away for long');
    this.#resets = resets;
    for (const message of messages) {
      if (message.state !== 'sent' || message.seq <= this.#shown) continue;
      this.#shown = message.seq;
      this.#print(lineOf(message));
    }
  }

  #showState(): void {
    const state = this.#client.state.get();
    const isAway = state.status !== 'online';
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#print(isAway ? '* the connection is gone; coming back…' : '* connected again');
  }

  /** What is not kept: who comes and goes, and the server's own word. */
  async #showPassing(): Promise<void> {
    try {
      for await (const event of this.#client.events('connected', 'disconnected', 'notice')) {
        if (event.type === 'connected') this.#print(`* ${strip(event.user.name)} is here`);
        if (event.type === 'disconnected') this.#print(`* ${strip(event.user.name)} is gone`);
        if (event.type === 'notice') this.#print(`* ${strip(event.text)}`);
      }
    } catch (error) {
      if (!(error instanceof ChinwagError)) throw error;
    }
  }

  /** Rejects when the server has closed this client for good. */
  #closedForGood(): Promise<never> {
    return new Promise((_, reject) => {
      this.#client.state.subscribe(() => {
        const state = this.#client.state.get();
        if (state.status === 'closed' && state.why.code !== 'closed') reject(state.why);
      });
    });
  }

  #print(line: string): void {
    this.#output.write(this.#isTyped ? `${CLEAR_LINE}${line}\n` : `${line}\n`);
    this.#prompt();
  }

  #prompt(): void {
    if (this.#isTyped) this.#input?.prompt(true);
  }
}
