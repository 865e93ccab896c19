/**
 * A value that changes, for any framework or none. `get` gives the same immutable
 * object until the next change, so `useSyncExternalStore(store.subscribe, store.get)`
 * binds it as it is.
 */
export interface Store<T> {
  /** The value now. */
  readonly get: () => T;
  /** Calls `listener` after each change, until the function it returns is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A store that is built when somebody looks: a burst of changes costs one build. */
export class View<T> implements Store<T> {
  readonly #build: () => T;
  readonly #listeners = new Set<() => void>();
  #built: { readonly value: T } | undefined;

  constructor(build: () => T) {
    this.#build = build;
  }

  readonly get = (): T => {
    this.#built ??= { value: this.#build() };
    return this.#built.value;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A listener that throws is reported as uncaught; it stops neither the others nor the client. */
  changed(): void {
    this.#built = undefined;
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
