import { strip } from '../../chat/strip.ts';
import type { Timeline } from '../../client/index.ts';
import { useActions } from '../actions.ts';
import { MenuIcon, PeopleIcon, SearchIcon } from '../icons.tsx';
import { strings } from '../strings.ts';

interface Props {
  readonly timeline: Timeline;
  readonly showMembers: boolean;
}

export function RoomHead({ timeline, showMembers }: Props) {
  const { open, toggleMembers, toggleRooms } = useActions();
  const { room, title, topic, memberCount } = timeline;
  return (
    <header class="room-head">
      <button
        type="button"
        class="icon-button only-narrow"
        aria-label={strings.rooms.open}
        onClick={toggleRooms}
      >
        <MenuIcon />
      </button>
      <div class="room-name">
        <h1>
          <span class="hash" aria-hidden="true">
            #
          </span>
          {room}
          {title !== '' && (
            <bdi class="room-title" dir="auto">
              {strip(title)}
            </bdi>
          )}
        </h1>
        <p class="topic" dir="auto" title={strip(topic)}>
          {topic === '' ? strings.room.noTopic : strip(topic)}
        </p>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={strings.palette.title}
        title={strings.palette.key}
        onClick={() => open('palette')}
      >
        <SearchIcon />
      </button>
      <button
        type="button"
        class="icon-button with-count"
        aria-label={strings.members.toggle(memberCount)}
        aria-pressed={showMembers}
        onClick={toggleMembers}
      >
        <PeopleIcon />
        <span aria-hidden="true">{memberCount}</span>
      </button>
    </header>
  );
}
