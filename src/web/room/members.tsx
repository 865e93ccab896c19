import { strip } from '../../chat/strip.ts';
import type { Timeline } from '../../client/index.ts';
import { useActions } from '../actions.ts';
import { Avatar } from '../message/avatar.tsx';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';

/** Who is here now, and the way out. */
export function Members({ timeline }: { readonly timeline: Timeline }) {
  const { me } = useSession();
  const { leave } = useActions();
  const { members, memberCount } = timeline;
  const sorted = members.toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <aside class="members" tabIndex={-1} aria-label={strings.members.label(memberCount)}>
      <h2>{strings.members.label(memberCount)}</h2>
      <ul>
        {sorted.map(({ id, name }) => (
          <li key={id}>
            <Avatar name={name} />
            <bdi>{strip(name)}</bdi>
            {id === me?.id && <span class="quiet">{strings.members.you}</span>}
          </li>
        ))}
      </ul>
      {memberCount > members.length && (
        <p class="quiet">{strings.members.more(memberCount - members.length)}</p>
      )}
      <button type="button" class="button leave" onClick={() => leave(timeline.room)}>
        {strings.room.leave}
      </button>
    </aside>
  );
}
