import { useEffect, useState } from 'react';
import type { Room, Timeline } from '../../client/index.ts';

/**
 * Where this person had read to before they looked here: the divider of what is new stands there.
 * It stays as they read on, and is set anew when they look away.
 */
export function useUnreadMark(room: Room, me: string | undefined): number | undefined {
  const [mark, setMark] = useState(() => markOf(room.timeline.get(), me));
  useEffect(() => {
    let entered = room.timeline.get().standing === 'live';
    if (entered) setMark(markOf(room.timeline.get(), me));
    const stop = room.timeline.subscribe(() => {
      // Asked first: a timeline is made when it is looked at, and a flood changes it all the time.
      if (entered) return;
      const timeline = room.timeline.get();
      if (timeline.standing !== 'live') return;
      entered = true;
      setMark(markOf(timeline, me));
    });
    const away = () => setMark(room.timeline.get().read);
    const back = () => setMark((now) => (hasUnread(room.timeline.get(), me) ? now : undefined));
    addEventListener('blur', away);
    addEventListener('focus', back);
    return () => {
      stop();
      removeEventListener('blur', away);
      removeEventListener('focus', back);
    };
  }, [room, me]);
  return mark;
}

function markOf(timeline: Timeline, me: string | undefined): number | undefined {
  return hasUnread(timeline, me) ? timeline.read : undefined;
}

/** Whether somebody else said something after the read mark. */
function hasUnread({ messages, read }: Timeline, me: string | undefined): boolean {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = messages[at];
    if (message?.state !== 'sent') continue;
    if (message.seq <= read) return false;
    if (message.from.id !== me) return true;
  }
  return false;
}
