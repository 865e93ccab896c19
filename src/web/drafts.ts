const PREFIX = 'chinwag.draft.';

/** What was begun in a room and not sent. Lasts until it is. */
export const drafts = {
  of: (room: string): string => localStorage.getItem(PREFIX + room) ?? '',

  keep(room: string, text: string): void {
    if (text === '') localStorage.removeItem(PREFIX + room);
    else localStorage.setItem(PREFIX + room, text);
  },

  /** Nobody else's business, once this person has gone. */
  forgetAll(): void {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  },
};
