import { kept } from './kept.ts';

const PREFIX = 'chinwag.draft.';

/** What was begun in a room and not sent. Lasts until it is. */
export const drafts = {
  of: (room: string): string => kept.get(PREFIX + room) ?? '',

  keep(room: string, text: string): void {
    if (text === '') kept.remove(PREFIX + room);
    else kept.set(PREFIX + room, text);
  },

  /** Nobody else's business, once this person has gone. */
  forgetAll(): void {
    for (const key of kept.keys()) {
      if (key.startsWith(PREFIX)) kept.remove(key);
    }
  },
};
