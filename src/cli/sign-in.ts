import { ChinwagError, type Client, createClient } from '../client/index.ts';
import type { Place } from './place.ts';
import { readToken, writeToken } from './tokens.ts';

/**
 * Signs in as the guest that this machine was under this name before, or as a new one.
 * Rejects with a `ChinwagError`: `disconnected` where nothing answers.
 */
export async function signIn(place: Place): Promise<Client> {
  const token = readToken(place.server, place.name);
  try {
    return await connected(place, token);
  } catch (error) {
    const isForgotten = error instanceof ChinwagError && error.code === 'bad_token';
    if (token === undefined || !isForgotten) throw error;
    writeToken(place.server, place.name, undefined);
    return connected(place, undefined);
  }
}

async function connected({ server, name }: Place, token: string | undefined): Promise<Client> {
  const client = createClient(token === undefined ? { url: server, name } : { url: server, token });
  const online = await firstOnline(client);
  if (online.token !== undefined && online.token !== token) writeToken(server, name, online.token);
  return client;
}

/** The first connection decides: a script should hear at once that nothing is there. */
async function firstOnline(client: Client) {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const stop = client.state.subscribe(() => {
    const state = client.state.get();
    if (state.status === 'waiting') reject(state.why);
  });
  try {
    return await Promise.race([client.ready(), failed]);
  } catch (error) {
    client.close();
    throw error;
  } finally {
    stop();
  }
}
