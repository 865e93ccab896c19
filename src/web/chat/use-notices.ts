import { useEffect } from 'react';
import { excerpt } from '../../chat/excerpt.ts';
import { strip } from '../../chat/strip.ts';
import type { Session } from '../session.ts';
import { settings } from '../settings.ts';
import { useStore } from '../use-store.ts';

const LENGTH = 120;

/** Shows what was said as the system's own notices, where it was asked to and nobody looks. */
export function useNotices({ client, me }: Session, goTo: (room: string) => void): void {
  const { notices } = useStore(settings);
  const mine = me?.id;
  useEffect(() => {
    if (notices === 'off' || typeof Notification === 'undefined') return;
    const events = client.events(notices === 'all' ? 'message' : 'mention');
    const listen = async () => {
      for await (const event of events) {
        if (event.type === 'reset' || event.from.id === mine) continue;
        if (document.hasFocus() || Notification.permission !== 'granted') continue;
        const notice = new Notification(`${strip(event.from.name)} · #${event.room}`, {
          body: excerpt(event.text, LENGTH),
          // One for each room, whichever of the tabs shows it.
          tag: event.room,
          icon: '/icon-192.png',
        });
        notice.onclick = () => {
          window.focus();
          goTo(event.room);
          notice.close();
        };
      }
    };
    // It ends as the client does, and who ended it says why.
    listen().catch(() => {});
    return () => {
      void events.return?.();
    };
  }, [client, mine, notices, goTo]);
}
