import { useLayoutEffect, useState } from 'react';
import { excerpt } from '../../chat/excerpt.ts';
import { strip } from '../../chat/strip.ts';
import type { Room } from '../../client/index.ts';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';

/** Who listens hears this often at most: a flood is told as a number. */
const PAUSE_MS = 3_000;
const LENGTH = 200;

/** Tells those who cannot look what others say in the open room. */
export function Announcer({ room }: { readonly room: Room }) {
  const { client, me } = useSession();
  const [text, setText] = useState('');
  const mine = me?.id;

  // Not after the next paint: what comes before that would not be told.
  useLayoutEffect(() => {
    setText('');
    const heard: string[] = [];
    let resting = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const [first = ''] = heard;
      resting = heard.length > 0;
      if (!resting) return;
      setText(heard.length === 1 ? first : strings.announce.many(heard.length));
      heard.length = 0;
      timer = setTimeout(tell, PAUSE_MS);
    };
    const events = client.events('message');
    const listen = async () => {
      for await (const event of events) {
        if (event.type === 'reset' || event.room !== room.name || event.from.id === mine) continue;
        heard.push(strings.announce.message(strip(event.from.name), excerpt(event.text, LENGTH)));
        if (!resting) tell();
      }
    };
    // It ends as the client does, and who ended it says why.
    listen().catch(() => {});
    return () => {
      clearTimeout(timer);
      void events.return?.();
    };
  }, [client, room, mine]);

  return (
    <p class="unseen" aria-live="polite">
      {text}
    </p>
  );
}
