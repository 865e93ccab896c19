import { excerpt } from '../chat/excerpt.ts';
import { mentionsMe } from '../chat/mentions.ts';
import { strip } from '../chat/strip.ts';
import type { Client, EventOf, Store } from '../client/index.ts';
import type { Person } from '../protocol/events.ts';
import { hold, holders } from './locks.ts';

interface Options {
  readonly client: Client;
  readonly me: Person;
  /** What is worth a notification: being named or addressed alone, or every message. */
  readonly kind: 'mentions' | 'all';
  /** The room that this tab shows. */
  readonly room: Store<string>;
  readonly open: (room: string) => void;
}

/** Whoever holds this notifies, for all tabs of this browser. */
const NOTIFIER = 'chinwag.notifier';
const READING = 'chinwag.reading.';
const LENGTH = 120;

/**
 * Shows what others say as the system's own notices, until the function that it returns is
 * called: by one tab alone, and never of a room that somebody looks at in any of them. Asks for
 * no permission; without one it shows nothing.
 */
export function notify({ client, me, kind, room, open }: Options): () => void {
  const ended = new AbortController();
  let isNotifier = false;
  hold(NOTIFIER, ended.signal, () => {
    isNotifier = true;
  });
  tellWhatIsRead(room, ended.signal);

  const isWanted = (event: EventOf<'message'>): boolean => {
    if (!isNotifier || event.from.id === me.id) return false;
    const { read, kind: roomKind } = client.room(event.room).timeline.get();
    // What was missed during a break may have been read elsewhere.
    if (event.seq <= read) return false;
    return kind === 'all' || roomKind === 'direct' || mentionsMe(event, me);
  };
  const events = client.events('message');
  const listen = async () => {
    for await (const event of events) {
      if (event.type === 'reset' || !isWanted(event)) continue;
      if ((await holders()).has(READING + event.room)) continue;
      if (!ended.signal.aborted) await show(event, open);
    }
  };
  // It ends as the client does, and who ended it says why.
  listen().catch(() => {});
  const asked = ({ data }: MessageEvent<unknown>) => {
    const wanted = roomIn(data);
    if (wanted !== undefined) open(wanted);
  };
  navigator.serviceWorker?.addEventListener('message', asked, { signal: ended.signal });
  return () => {
    ended.abort();
    void events.return?.();
  };
}

/** Lets all tabs know which room is in sight of somebody who looks. */
function tellWhatIsRead(room: Store<string>, signal: AbortSignal): void {
  let reading: string | undefined;
  let before = new AbortController();
  const look = () => {
    const now = document.hasFocus() && !signal.aborted ? room.get() : undefined;
    if (now === reading) return;
    reading = now;
    before.abort();
    before = new AbortController();
    if (now !== undefined) hold(READING + now, before.signal);
  };
  look();
  signal.addEventListener('abort', look);
  signal.addEventListener('abort', room.subscribe(look));
  addEventListener('focus', look, { signal });
  addEventListener('blur', look, { signal });
}

async function show(event: EventOf<'message'>, open: Options['open']): Promise<void> {
  if (Notification.permission !== 'granted') return;
  const title = `${strip(event.from.name)} · #${event.room}`;
  const options: NotificationOptions = {
    body: excerpt(event.text, LENGTH),
    // A room has one: the next message takes the place of the one before.
    tag: `chinwag.${event.room}`,
    icon: '/icon-192.png',
    data: { open: event.room },
  };
  try {
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.focus();
      open(event.room);
      notice.close();
    };
  } catch (error) {
    // Phones let only the service worker show them; it passes clicks on.
    if (!(error instanceof TypeError)) throw error;
    await (await navigator.serviceWorker.ready).showNotification(title, options);
  }
}

function roomIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('open' in data)) return undefined;
  return typeof data.open === 'string' ? data.open : undefined;
}
