import { useEffect, useState } from 'react';
import { connection } from '../../chat/format.ts';
import type { Client } from '../../client/index.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';

const SECOND_MS = 1_000;

/** Says that the server is away, and when it is asked again. Nothing while all is well. */
export function ConnectionBanner({ client }: { readonly client: Client }) {
  const state = useStore(client.state);
  const isWaiting = state.status === 'waiting';
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isWaiting) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);

  // A look at the network's own word spares the wait where it is back.
  useEffect(() => {
    const wake = () => {
      if (!document.hidden) client.wake();
    };
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [client]);

  return (
    <>
      {/* For those who listen, wherever the list of rooms is: the seconds are for the eye. */}
      <p class="unseen" role="status">
        {strings.state[state.status]}
      </p>
      <section class="banner" hidden={!isWaiting} aria-label={strings.state.label}>
        <p>{isWaiting && connection(state, now)}</p>
        <button type="button" class="button" onClick={() => client.wake()}>
          {strings.state.retryNow}
        </button>
      </section>
    </>
  );
}
