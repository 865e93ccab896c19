import { strip } from '../../chat/strip.ts';
import { useActions } from '../actions.ts';
import { GearIcon, HelpIcon, PlusIcon } from '../icons.tsx';
import { Avatar } from '../message/avatar.tsx';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';
import { ConnectionDot } from './connection-dot.tsx';
import { RoomItem } from './room-item.tsx';

interface Props {
  readonly current: string;
  /** Something lies over it: it cannot be reached. */
  readonly isUnder: boolean;
}

/** The rooms, and oneself. */
export function Sidebar({ current, isUnder }: Props) {
  const { rooms, me, client } = useSession();
  const { open } = useActions();
  const entries = useStore(rooms);
  return (
    <nav class="sidebar" inert={isUnder} aria-label={strings.rooms.label}>
      <div class="sidebar-head">
        <p class="wordmark">{strings.app}</p>
        <ConnectionDot client={client} />
      </div>
      <div class="sidebar-rooms">
        <div class="nav-head">
          <h2>{strings.rooms.label}</h2>
          <button
            type="button"
            class="icon-button small"
            aria-label={strings.rooms.create}
            title={strings.rooms.create}
            onClick={() => open('create')}
          >
            <PlusIcon />
          </button>
        </div>
        <ul class="room-items">
          {entries.map((entry) => (
            <RoomItem key={entry.room} entry={entry} isCurrent={entry.room === current} />
          ))}
        </ul>
        <button type="button" class="browse" onClick={() => open('rooms')}>
          {strings.rooms.browse}
        </button>
      </div>
      <div class="sidebar-foot">
        {me !== undefined && (
          <span class="oneself">
            <Avatar name={me.name} />
            <bdi>{strip(me.name)}</bdi>
          </span>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={strings.help.title}
          title={strings.help.key}
          onClick={() => open('help')}
        >
          <HelpIcon />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={strings.settings.open}
          title={strings.settings.open}
          onClick={() => open('settings')}
        >
          <GearIcon />
        </button>
      </div>
    </nav>
  );
}
