import { sentence } from '../chat/format.ts';
import { type Client, createClient, type OutboxEntry } from '../client/index.ts';
import { drafts } from './drafts.ts';
import { identity } from './identity.ts';
import { BrowserOutbox } from './outbox.ts';

/** One tab's connection, as the person that all tabs of this browser share. */
export interface Place {
  readonly client: Client;
  readonly outbox: BrowserOutbox;
  /** Calls back with the reason when this person is signed in no more; with none where they wished it. */
  onEnd(ended: (why: string | undefined) => void): () => void;
}

/** Whoever was here before needs no name. */
export function restored(): Place | undefined {
  const { token } = identity;
  return token === undefined ? undefined : open({ token });
}

/** Comes in under a new name. Rejects with a `ChinwagError` where that cannot be. */
export async function enter(name: string, onAway: () => void): Promise<Place> {
  const place = open({ name });
  const { client, outbox } = place;
  const stop = client.state.subscribe(() => {
    if (client.state.get().status === 'waiting') onAway();
  });
  try {
    const { token } = await client.ready();
    if (token !== undefined) identity.keep(token);
    return place;
  } catch (error) {
    outbox.close();
    throw error;
  } finally {
    stop();
  }
}

/** Ends it, and leaves nothing of this person in the browser. */
export async function forget({ client, outbox }: Place): Promise<void> {
  identity.forget();
  drafts.forgetAll();
  client.close();
  await outbox.clear();
}

function open(credentials: { readonly token: string } | { readonly name: string }): Place {
  const outbox = new BrowserOutbox();
  const client = createClient({ url: location.origin, outbox, ...credentials });

  const onEnd: Place['onEnd'] = (ended) => {
    const look = () => {
      const state = client.state.get();
      if (state.status !== 'closed') return;
      stop();
      if (state.why.code === 'closed') return ended(undefined);
      identity.forget();
      // It was written under a name that is gone: it must not be sent under the next one.
      void outbox.takeOut().then(toDrafts);
      ended(sentence(state.why.message));
    };
    const elsewhere = ({ key }: StorageEvent) => {
      if (key !== null && key !== identity.key) return;
      if (identity.token === undefined) client.close();
    };
    const stopWatching = client.state.subscribe(look);
    addEventListener('storage', elsewhere);
    const stop = () => {
      stopWatching();
      removeEventListener('storage', elsewhere);
      document.removeEventListener('visibilitychange', adopt);
    };
    document.addEventListener('visibilitychange', adopt);
    look();
    return stop;
  };

  /** What a tab wrote that was closed before it could send it. */
  const adopt = async () => {
    if (document.hidden) return;
    for (const { room, text, key, replyTo, refused } of await outbox.load()) {
      if (refused !== undefined) continue;
      client.room(room).send(text, { key, ...(replyTo === undefined ? {} : { replyTo }) });
    }
  };

  return { client, outbox, onEnd };
}

function toDrafts(entries: readonly OutboxEntry[]): void {
  for (const { room, text } of entries) {
    const begun = drafts.of(room);
    drafts.keep(room, begun === '' ? text : `${begun}\n${text}`);
  }
}
