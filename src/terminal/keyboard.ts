import type { Clock } from '../client/index.ts';
import type { Input } from './input.ts';

type Listeners = {
  readonly onInput: (input: Input) => void;
  /** What the terminal answered to an OSC query, as `11;rgb:…`, or `c` for its attributes. */
  readonly onAnswer: (answer: string) => void;
};

/** What comes from the terminal, made into what a person did. */
export class Keyboard {
  readonly #clock: Clock;
  readonly #listeners: Listeners;

  constructor(clock: Clock, listeners: Listeners) {
    this.#clock = clock;
    this.#listeners = listeners;
  }

  feed(_bytes: Uint8Array): void {}
}
