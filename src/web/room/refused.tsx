import { sentence } from '../../chat/format.ts';
import type { ChinwagError, Room } from '../../client/index.ts';
import { strings } from '../strings.ts';

interface Props {
  readonly why: ChinwagError | undefined;
  readonly room: Room;
}

/** In place of the messages of a room that does not let this person in. */
export function Refused({ why, room }: Props) {
  return (
    <div class="empty" role="alert">
      <h2>{strings.room.refused}</h2>
      {why !== undefined && <p>{sentence(why.message)}</p>}
      <button type="button" class="button" onClick={() => room.join().catch(() => {})}>
        {strings.state.retryNow}
      </button>
    </div>
  );
}
