import type { ChinwagError } from './error.ts';
import type { UnsentMessage } from './timeline.ts';

/** A message as it lies in an outbox. Plain data: it survives `structuredClone` and JSON. */
export interface OutboxEntry extends UnsentMessage {
  /** The server's refusal: such an entry waits for `retry` or `discard`. */
  readonly refused?: Pick<ChinwagError, 'code' | 'message'>;
}

/**
 * Where unsent messages lie. Calls take effect in the order in which they are made. Only one client at a time should use one storage; should two,
 * both send the same messages, and the keys make that harmless.
 */
export interface OutboxStorage {
  /** Every entry, in the order in which their keys were first put. */
  load(): Promise<readonly OutboxEntry[]>;
  /**
   * Adds the entry, or replaces the one with the same key in its place. Must not resolve before
   * the entry would survive a crash: without that, a message that was shown as pending is lost.
   */
  put(entry: OutboxEntry): Promise<void>;
  /** No entry with this key is not an error. */
  remove(key: string): Promise<void>;
}

/** An outbox that lives as long as the process: for bots, whose messages die with them. */
export function memoryOutbox(): OutboxStorage {
  const entries = new Map<string, OutboxEntry>();
  return {
    load: async () => [...entries.values()],
    put: async (entry) => {
      entries.set(entry.key, entry);
    },
    remove: async (key) => {
      entries.delete(key);
    },
  };
}
