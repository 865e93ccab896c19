import { useEffect } from 'react';
import type { RoomList } from '../../chat/room-list.ts';
import { showBadge } from '../badge.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';

/** The tab's title and icon say what waits. */
export function useTitle(room: string, rooms: RoomList): void {
  const entries = useStore(rooms);
  const waiting = entries.reduce((sum, { unread }) => sum + unread, 0);
  const mentions = entries.reduce((sum, { mentions: named }) => sum + named, 0);
  useEffect(() => {
    document.title = strings.title(room, mentions > 0 ? mentions : waiting);
  }, [room, waiting, mentions]);
  useEffect(() => showBadge(waiting, mentions), [waiting, mentions]);
  // Whoever signs out leaves nothing waiting behind.
  useEffect(() => () => showBadge(0, 0), []);
}
