import type { Person } from '../protocol/events.ts';
import { mentions } from '../protocol/mention.ts';

/** Whether a message of `from` is meant to be noticed by `me`. Nobody mentions themselves. */
export function mentionsMe(message: { from: Person; text: string }, me: Person): boolean {
  return message.from.id !== me.id && mentions(message.text, me.name);
}
