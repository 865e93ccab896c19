import { count } from '../../chat/format.ts';
import type { RoomEntry } from '../../chat/room-list.ts';
import { useActions } from '../actions.ts';
import { strings } from '../strings.ts';

interface Props {
  readonly entry: RoomEntry;
  readonly isCurrent: boolean;
}

export function RoomItem({ entry, isCurrent }: Props) {
  const { goTo } = useActions();
  const { room, unread, mentions, standing } = entry;
  const classes = ['room-item', isCurrent ? 'current' : '', unread > 0 ? 'has-unread' : ''];
  return (
    <li>
      <a
        href={`/room/${room}`}
        class={classes.join(' ')}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          goTo(room);
        }}
      >
        <span class="hash" aria-hidden="true">
          #
        </span>
        <span class="name">{room}</span>
        {standing === 'refused' && <span class="quiet">{strings.rooms.refused}</span>}
        {mentions > 0 && (
          <span class="badge mentions">
            <span aria-hidden="true">@{count(mentions)}</span>
            <span class="unseen">{strings.rooms.mentions(mentions)}</span>
          </span>
        )}
        {unread > 0 && (
          <span class="badge">
            <span aria-hidden="true">{count(unread)}</span>
            <span class="unseen">{strings.rooms.unread(unread)}</span>
          </span>
        )}
      </a>
    </li>
  );
}
