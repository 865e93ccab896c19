import { useEffect } from 'react';
import type { Room } from '../../client/index.ts';
import { useStore } from '../use-store.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

/** One room: its head, its messages, and the place to write. */
export function RoomView({ room }: { readonly room: Room }) {
  const timeline = useStore(room.timeline);
  useEffect(() => {
    // What goes wrong is in the timeline's standing, and shown from there.
    room.join().catch(() => {});
  }, [room]);
  return (
    <main class="room">
      <header class="room-head">
        <h1>{room.name}</h1>
        <p class="topic" dir="auto">
          {timeline.topic}
        </p>
      </header>
      <MessageList timeline={timeline} />
      <Composer room={room} />
    </main>
  );
}
