import { useEffect, useMemo, useRef, useState } from 'react';
import { sentence } from '../../chat/format.ts';
import { createRoomList, type RoomList } from '../../chat/room-list.ts';
import { ChinwagError, type Client } from '../../client/index.ts';
import { type Actions, ActionsContext, type Dialog } from '../actions.ts';
import { paced } from '../paced.ts';
import { dialogs, markdown } from '../parts.ts';
import { RoomView } from '../room/room-view.tsx';
import { go, route } from '../route.ts';
import { formatterFor, type Session, SessionContext } from '../session.ts';
import { change, settings } from '../settings.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';
import { Announcer } from './announcer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Sidebar } from './sidebar.tsx';
import { Toast } from './toast.tsx';
import { type Drawer, useFocusIn } from './use-focus-in.ts';
import { useKeys } from './use-keys.ts';
import { useNotices } from './use-notices.ts';
import { useTitle } from './use-title.ts';

/** Where there is no place for members beside the messages, they lie over them. */
const NARROW = '(max-width: 1023px)';

interface Props {
  readonly client: Client;
  readonly onSignOut: () => void;
}

/** What one sees once signed in: rooms, the one that is open, and what lies over it. */
export function Chat({ client, onSignOut }: Props) {
  const room = useStore(route);
  const state = useStore(client.state);
  const { time, showMembers } = useStore(settings);
  const rooms = useMemo(() => pacedRooms(client), [client]);
  useEffect(() => () => rooms.close(), [rooms]);
  const me = useLast(state.status === 'online' ? state.user : undefined);
  const formatter = useMemo(() => formatterFor(time), [time]);
  const session = useMemo<Session>(
    () => ({ client, rooms, me, formatter }),
    [client, rooms, me, formatter],
  );
  const [dialog, setDialog] = useState<{ readonly which: Dialog; readonly words: string }>();
  const [drawer, setDrawer] = useState<Drawer | undefined>();
  const [said, setSaid] = useState<{ readonly sentence: string } | undefined>();

  const actions = useMemo<Actions>(() => {
    const narrow = () => matchMedia(NARROW).matches;
    const say = (sentence: string) => setSaid({ sentence });
    const goTo = (to: string) => {
      setDrawer(undefined);
      setDialog(undefined);
      go(to);
    };
    const open = (which: Dialog, words = '') => {
      setDrawer(undefined);
      setDialog({ which, words });
    };
    return {
      goTo,
      leave: (name) => {
        client
          .room(name)
          .leave()
          .then(() => say(strings.room.left(name)))
          .catch((error: unknown) => {
            if (!(error instanceof ChinwagError)) throw error;
            say(sentence(error.message));
          });
        const [next] = rooms.get().filter((one) => one.room !== name);
        if (route.get() !== name) return;
        if (next === undefined) open('rooms');
        else goTo(next.room);
      },
      nextUnread: () => {
        const next = rooms.next(route.get());
        if (next !== undefined) goTo(next);
      },
      open,
      toggleMembers: () => {
        if (narrow()) setDrawer((now) => (now === 'members' ? undefined : 'members'));
        else change({ showMembers: !settings.get().showMembers });
      },
      showMembers: () => {
        if (narrow()) setDrawer('members');
        else change({ showMembers: true });
      },
      toggleRooms: () => setDrawer((now) => (now === 'rooms' ? undefined : 'rooms')),
      say,
      signOut: onSignOut,
    };
  }, [client, rooms, onSignOut]);

  useEffect(() => {
    const missing = () => actions.say(strings.outdated);
    markdown.fetch().catch(missing);
    dialogs.fetch().catch(missing);
  }, [actions]);
  const over = useStore(dialogs);

  useKeys(actions, rooms, drawer !== undefined, () => setDrawer(undefined));
  useFocusIn(drawer);
  useTitle(room, rooms);
  useNotices(session, actions.goTo);
  const isNarrow = useMedia(NARROW);
  // Where there is place for it again it is no drawer, and must not keep the rest from being reached.
  useEffect(() => setDrawer(undefined), [isNarrow]);

  return (
    <SessionContext value={session}>
      <ActionsContext value={actions}>
        <div class={drawer === undefined ? 'chat' : `chat drawer-${drawer}`}>
          <Sidebar current={room} isUnder={drawer === 'members'} />
          {drawer !== undefined && (
            // biome-ignore lint/a11y/noStaticElementInteractions: Escape does the same
            // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
            <div class="shade" onClick={() => setDrawer(undefined)} />
          )}
          <div class="place" inert={drawer === 'rooms'}>
            <ConnectionBanner client={client} />
            <RoomView
              key={room}
              room={client.room(room)}
              showMembers={isNarrow ? drawer === 'members' : showMembers}
              isUnder={drawer === 'members'}
            />
          </div>
        </div>
        <Announcer room={client.room(room)} />
        <Toast said={said} onGone={() => setSaid(undefined)} />
        {over !== undefined && (
          <over.Dialogs
            dialog={dialog?.which}
            words={dialog?.words ?? ''}
            onClose={() => setDialog(undefined)}
          />
        )}
      </ActionsContext>
    </SessionContext>
  );
}

/** The list changes with every message, and all that hear of it draw something. */
function pacedRooms(client: Client): RoomList {
  const rooms = createRoomList(client);
  return { ...rooms, ...paced(rooms) };
}

/** The last value there was: who one is does not change while the server is away. */
function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}

function useMedia(query: string): boolean {
  const media = useMemo(() => matchMedia(query), [query]);
  const [matches, setMatches] = useState(media.matches);
  useEffect(() => {
    const look = () => setMatches(media.matches);
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, [media]);
  return matches;
}
