import type { Client } from '../../client/index.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';

/** Where the connection stands, always in sight. */
export function ConnectionDot({ client }: { readonly client: Client }) {
  const state = useStore(client.state);
  const hint = state.status === 'online' ? strings.state.roundTrip(state.roundTripMs) : undefined;
  return (
    <p class={`connection ${state.status}`} title={hint}>
      {strings.state[state.status]}
    </p>
  );
}
