import { useSyncExternalStore } from 'react';
import type { Store } from '../client/index.ts';

/** The value of a store now, and again after each change. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
