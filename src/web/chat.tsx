import type { Client } from '../client/index.ts';
import { RoomView } from './room/room-view.tsx';

/** What one sees once signed in. */
export function Chat({ client }: { readonly client: Client }) {
  const name = /^\/room\/(.+)$/.exec(location.pathname)?.[1] ?? 'general';
  return (
    <div class="chat">
      <RoomView room={client.room(name)} key={name} />
    </div>
  );
}
