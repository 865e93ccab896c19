import type { Store } from '../client/index.ts';
import { View } from '../client/store.ts';

/** A store whose value is set. */
export class Cell<T> implements Store<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #view: View<T>;
  #value: T;

  constructor(value: T) {
    this.#value = value;
    this.#view = new View(() => this.#value);
    this.get = this.#view.get;
    this.subscribe = this.#view.subscribe;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#view.changed();
  }
}
