import { useEffect, useState } from 'react';
import { ChinwagError, type Room, type Timeline } from '../../client/index.ts';
import { markdown } from '../parts.ts';
import { useStore } from '../use-store.ts';

/** The most the server gives at once. */
const PAGE = 200;
/** Further back than this nobody is led. */
const MOST_PAGES = 20;

/** Fetches older messages until the one of this `seq` is there. False where that is too far back. */
export async function reach(room: Room, seq: number): Promise<boolean> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const timeline = room.timeline.get();
    if (isReached(timeline, seq)) return true;
    if (!timeline.hasOlder) return false;
    await room.loadOlder(PAGE);
  }
  return false;
}

/** Whether the room can be read: it was entered, what was not read is there, and what reads it. */
export function useReady(room: Room): boolean {
  const canRead = useStore(markdown) !== undefined;
  const [ready, setReady] = useState(() => isReadable(room.timeline.get()));
  useEffect(() => {
    let wanted = true;
    const enter = async () => {
      const joined = room.join();
      if (room.timeline.get().head === 0) await joined;
      await reach(room, room.timeline.get().read + 1).catch(ignoreBreak);
      if (wanted) setReady(true);
      await joined;
    };
    // What goes wrong is in the timeline's standing, and shown from there.
    enter().catch(ignoreBreak);
    return () => {
      wanted = false;
    };
  }, [room]);
  return ready && canRead;
}

/** Only the server's word and the connection's end are expected here. */
export function ignoreBreak(error: unknown): void {
  if (!(error instanceof ChinwagError)) throw error;
}

function isReadable(timeline: Timeline): boolean {
  return timeline.head > 0 && isReached(timeline, timeline.read + 1);
}

function isReached({ messages, head }: Timeline, seq: number): boolean {
  const [first] = messages;
  return seq > head || (first?.state === 'sent' && first.seq <= seq);
}
