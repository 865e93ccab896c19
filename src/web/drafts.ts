import { kept } from './kept.ts';

const PREFIX = 'chinwag.draft.';
const REPLY_PREFIX = 'chinwag.reply.';

/** What was begun in a room and not sent. Lasts until it is. */
export const drafts = {
  of: (room: string): string => kept.get(PREFIX + room) ?? '',

  keep(room: string, text: string): void {
    if (text === '') kept.remove(PREFIX + room);
    else kept.set(PREFIX + room, text);
  },

  /** The `seq` of the message that it answers. */
  replyOf(room: string): number | undefined {
    const seq = Number(kept.get(REPLY_PREFIX + room));
    return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
  },

  keepReply(room: string, seq: number | undefined): void {
    if (seq === undefined) kept.remove(REPLY_PREFIX + room);
    else kept.set(REPLY_PREFIX + room, `${seq}`);
  },

  /** Nobody else's business, once this person has gone. */
  forgetAll(): void {
    for (const key of kept.keys()) {
      if (key.startsWith(PREFIX) || key.startsWith(REPLY_PREFIX)) kept.remove(key);
    }
  },
};
