import { useEffect } from 'react';
import type { RoomList } from '../../chat/room-list.ts';
import { showBadge } from '../badge.ts';
import { strings } from '../strings.ts';

/** The tab's title and icon say what waits. Nothing is drawn anew for it: it changes with every message. */
export function useTitle(room: string, rooms: RoomList): void {
  useEffect(() => {
    const show = () => {
      const entries = rooms.get();
      const waiting = entries.reduce((sum, { unread }) => sum + unread, 0);
      const mentions = entries.reduce((sum, { mentions: named }) => sum + named, 0);
      const title = strings.title(room, mentions > 0 ? mentions : waiting);
      if (document.title !== title) document.title = title;
      showBadge(waiting, mentions);
    };
    show();
    return rooms.subscribe(show);
  }, [room, rooms]);
  // Whoever signs out leaves nothing behind: no room, and nothing that waits.
  useEffect(
    () => () => {
      document.title = strings.app;
      showBadge(0, 0);
    },
    [],
  );
}
