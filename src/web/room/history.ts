import { useEffect, useState } from 'react';
import { ChinwagError, type Room, type Timeline } from '../../client/index.ts';

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

/** Whether all that was not read is there, as far as it can be fetched. */
export function useReached(room: Room, timeline: Timeline): boolean {
  const [isWhole, setWhole] = useState(() => isReadable(room.timeline.get()));
  useEffect(() => {
    let wanted = true;
    const enter = async () => {
      const joined = room.join();
      if (!isKnown(room.timeline.get())) await joined;
      await reach(room, room.timeline.get().read + 1).catch(ignoreBreak);
      if (wanted) setWhole(true);
      await joined;
    };
    // What goes wrong is in the timeline's standing, and shown from there.
    enter().catch(ignoreBreak);
    return () => {
      wanted = false;
    };
  }, [room]);
  return isWhole || !isKnown(timeline);
}

/** Whether the room was ever entered. Before that there is at most what waits to be sent. */
export function isKnown({ standing, head }: Timeline): boolean {
  return standing === 'live' || head > 0;
}

/** Only the server's word and the connection's end are expected here. */
export function ignoreBreak(error: unknown): void {
  if (!(error instanceof ChinwagError)) throw error;
}

function isReadable(timeline: Timeline): boolean {
  return isKnown(timeline) && isReached(timeline, timeline.read + 1);
}

function isReached({ messages, head }: Timeline, seq: number): boolean {
  const [first] = messages;
  return seq > head || (first?.state === 'sent' && first.seq <= seq);
}
