import { createContext, useContext } from 'react';
import { Formatter } from '../chat/format.ts';
import type { RoomList } from '../chat/room-list.ts';
import type { Client } from '../client/index.ts';
import type { Person } from '../protocol/events.ts';
import type { Settings } from './settings.ts';

/** Somebody who is signed in, and what they see. */
export interface Session {
  readonly client: Client;
  readonly rooms: RoomList;
  /** Nobody until the first welcome. */
  readonly me: Person | undefined;
  readonly formatter: Formatter;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('this is only for those who are signed in');
  return session;
}

/** Writes times as this person wants them. */
export function formatterFor(time: Settings['time']): Formatter {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  const cycle = { auto: '', '24h': '-u-hc-h23', '12h': '-u-hc-h12' }[time];
  return new Formatter({ locale: locale.replace(/-u-.*$/, '') + cycle, timeZone: undefined });
}
