import { useEffect } from 'react';
import { notify } from '../notifications.ts';
import { route } from '../route.ts';
import type { Session } from '../session.ts';
import { settings } from '../settings.ts';
import { useStore } from '../use-store.ts';

/** Shows what was said as the system's own notices, where it was asked to and nobody looks. */
export function useNotices({ client, me }: Session, open: (room: string) => void): void {
  const { notices: kind } = useStore(settings);
  const { id, name } = me ?? {};
  useEffect(() => {
    // Only pages that came over https, or from this machine, have them.
    if (kind === 'off' || id === undefined || name === undefined) return;
    if (!isSecureContext || typeof Notification === 'undefined') return;
    return notify({ client, me: { id, name }, kind, room: route, open });
  }, [client, id, name, kind, open]);
}
