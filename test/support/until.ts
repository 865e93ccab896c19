import type { Store } from '../../src/client/index.ts';
import { within } from './within.ts';

/** The value of a store as soon as it is as wanted. */
export function until<T>(store: Store<T>, wanted: (value: T) => boolean, what: string): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const look = () => {
    const value = store.get();
    if (wanted(value)) resolve(value);
  };
  const stop = store.subscribe(look);
  look();
  return within(promise, what).finally(stop);
}
