import { strings } from '../strings.ts';

/** In place of the messages while there are none. */
export function EmptyRoom({ isReady }: { readonly isReady: boolean }) {
  if (!isReady) return <p class="empty quiet">{strings.room.loading}</p>;
  return (
    <div class="empty">
      <h2>{strings.room.empty}</h2>
      <p>{strings.room.emptyHint}</p>
    </div>
  );
}
