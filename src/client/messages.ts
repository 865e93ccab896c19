import type { MessageNow } from '../protocol/replies.ts';
import type { SentMessage } from './timeline.ts';

/** A room holds this many messages; past a tenth more the oldest go, to be fetched again when wanted. */
const KEPT_MESSAGES = 10_000;
const SLACK = KEPT_MESSAGES / 10;

/** The messages of a room that are held, by rising `seq`. */
export class Messages {
  hasOlder = false;
  #held: SentMessage[] = [];

  get all(): readonly SentMessage[] {
    return this.#held;
  }

  get oldest(): number | undefined {
    return this.#held[0]?.seq;
  }

  add(message: MessageNow): void {
    this.#held.push({ ...message, state: 'sent' });
    if (this.#held.length <= KEPT_MESSAGES + SLACK) return;
    this.#held = this.#held.slice(SLACK);
    this.hasOlder = true;
  }

  reset(messages: readonly MessageNow[], hasOlder: boolean): void {
    this.#held = [];
    this.hasOlder = false;
    this.prepend(messages, hasOlder);
  }

  prepend(messages: readonly MessageNow[], hasOlder: boolean): void {
    const older = messages.map((message): SentMessage => ({ ...message, state: 'sent' }));
    this.#held = [...older, ...this.#held];
    this.hasOlder = hasOlder;
  }
}
