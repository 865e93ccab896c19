import {
  type CommandType,
  closeCodes,
  type Decoded,
  type ErrorFrame,
  limits,
  type Ref,
  Refusal,
} from '../../protocol/index.ts';
import { type Answer, commands } from '../commands.ts';
import type { Session } from '../session.ts';

/** What the commands of one connection are answered through. */
export interface Replies {
  answer(answer: Answer, ref: Ref | undefined): void;
  refuse(error: ErrorFrame): void;
  /** Stops or starts reading: what cannot be taken yet waits with its sender. */
  hold(on: boolean): void;
  /** Undefined where the peer has taken its answers, else a promise that it has. */
  caughtUp(): Promise<void> | undefined;
  /** Answering failed: this connection, and only this one, cannot go on. */
  broken(error: unknown): void;
}

/**
 * Runs the commands of one connection in the order in which they came. A message does
 * not wait for the one before it to be on disk; a command that changes where one is does.
 */
export class Inbox {
  readonly #session: Session;
  readonly #replies: Replies;
  #waiting: Decoded[] = [];
  #held = false;
  #badFrames = 0;

  constructor(session: Session, replies: Replies) {
    this.#session = session;
    this.#replies = replies;
  }

  take(decoded: Decoded): void {
    this.#session.heard();
    if (this.#held) this.#waiting.push(decoded);
    else this.#run(decoded);
  }

  #run(decoded: Decoded): void {
    if (!decoded.ok) {
      this.#refuse(decoded.refusal, decoded.ref);
      return;
    }
    const done = this.#perform(decoded).catch((error) => this.#replies.broken(error));
    if (orderOf(decoded.command.type) === 'free') return;
    this.#held = true;
    this.#replies.hold(true);
    done.then(() => this.#replies.caughtUp()).then(() => this.#release());
  }

  #release(): void {
    this.#held = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const decoded of waiting) this.take(decoded);
    if (!this.#held) this.#replies.hold(false);
  }

  async #perform({ command }: Extract<Decoded, { ok: true }>): Promise<void> {
    const { ref } = command;
    const answer = await this.#session.perform(command);
    if (answer instanceof Refusal) this.#refuse(answer, ref);
    else if (ref !== undefined || command.type === 'hello') {
      this.#replies.answer(answer, ref);
    }
  }

  #refuse({ code, message, hints }: Refusal, ref: Ref | undefined): void {
    this.#replies.refuse({
      type: 'error',
      ...(ref === undefined ? {} : { ref }),
      code,
      message,
      ...hints,
    });
    if (code !== 'bad_frame') return;
    this.#badFrames += 1;
    if (this.#badFrames === limits.badFrames) {
      this.#session.close(closeCodes.badFrames, 'too many bad frames', 'closed');
    }
  }
}

function orderOf(type: CommandType): 'held' | 'free' {
  return commands[type].order;
}
