import { useActions } from '../actions.ts';

/** A room that somebody named. The address is real: it can be opened in another tab. */
export function RoomLink({ room }: { readonly room: string }) {
  const { goTo } = useActions();
  return (
    <a
      href={`/room/${room}`}
      class="room-link"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(room);
      }}
    >
      #{room}
    </a>
  );
}
