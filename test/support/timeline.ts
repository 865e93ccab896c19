import type { SentMessage, Timeline, TimelineMessage } from '../../src/client/index.ts';
import type { Person } from '../../src/protocol/index.ts';

/** Nine in the morning, by the clock of Greenwich. */
export const MORNING = Date.UTC(2026, 10, 23, 9);
export const ann: Person = { id: 'u_ann', name: 'ann' };
export const bob: Person = { id: 'u_bob', name: 'bob' };

/** A message of bob's on the server's disk, a second after the one before it, where nothing else is said. */
export function sent(seq: number, said: Partial<SentMessage> = {}): SentMessage {
  const at = MORNING + seq * 1_000;
  return { room: 'general', seq, at, from: bob, text: `${seq}`, ...said, state: 'sent' };
}

/** A public room, entered, that holds these messages from its first on. */
export function timeline(
  messages: readonly TimelineMessage[],
  facts: Partial<Timeline> = {},
): Timeline {
  return {
    room: 'general',
    standing: 'live',
    why: undefined,
    kind: 'public',
    title: '',
    topic: '',
    role: 'member',
    messages,
    hasOlder: false,
    members: [],
    memberCount: 0,
    typing: [],
    head: messages.length,
    read: 0,
    resets: 0,
    ...facts,
  };
}
