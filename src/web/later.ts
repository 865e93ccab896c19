import type { Store } from '../client/index.ts';
import { Cell } from './cell.ts';

/**
 * A part of the client that comes after its first screen. The store holds it once it is there;
 * `fetch` asks for it, and rejects where it did not come: asking again is right then.
 */
export interface Later<T> extends Store<T | undefined> {
  fetch(): Promise<T>;
}

export function later<T>(load: () => Promise<T>): Later<T> {
  const cell = new Cell<T | undefined>(undefined);
  let coming: Promise<T> | undefined;
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    fetch() {
      coming ??= load().then(
        (part) => {
          cell.set(part);
          return part;
        },
        (error: unknown) => {
          coming = undefined;
          throw error;
        },
      );
      return coming;
    },
  };
}
