import { setTimeout as wait } from 'node:timers/promises';
import { ChinwagError, type Client, createClient } from '../client/index.ts';
import type { Place } from './place.ts';
import { readToken, writeToken } from './tokens.ts';

const LOOKS = 20;
const LOOK_MS = 50;

/**
 * Signs in as the guest that this machine was under this name before, or as a new one.
 * Rejects with a `ChinwagError`: `disconnected` where nothing answers for `patienceMs`, at the
 * first try unless told otherwise.
 */
export async function signIn(place: Place, patienceMs = 0): Promise<Client> {
  const token = readToken(place.server, place.name);
  try {
    return await connected(place, token, patienceMs);
  } catch (error) {
    if (!(error instanceof ChinwagError)) throw error;
    if (token !== undefined && error.code === 'bad_token') {
      writeToken(place.server, place.name, undefined);
      return connected(place, undefined, patienceMs);
    }
    const late = token === undefined && error.code === 'name_taken' && (await tokenSoon(place));
    if (typeof late !== 'string') throw error;
    return connected(place, late, patienceMs);
  }
}

/** Two commands may sign in for the first time at once: the other one is about to keep the token. */
async function tokenSoon({ server, name }: Place): Promise<string | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const token = readToken(server, name);
    if (token !== undefined) return token;
    await wait(LOOK_MS);
  }
  return undefined;
}

async function connected(
  { server, name }: Place,
  token: string | undefined,
  patienceMs: number,
): Promise<Client> {
  const client = createClient(token === undefined ? { url: server, name } : { url: server, token });
  try {
    const online = await Promise.race([client.ready(), lostPatience(client, patienceMs)]);
    if (online.token !== undefined && online.token !== token) {
      writeToken(server, name, online.token);
    }
    return client;
  } catch (error) {
    client.close();
    throw isNobodyThere(error) ? nothingAnswers(server) : error;
  }
}

/** Rejects with why it was not let in, once it has tried for `ms`. */
function lostPatience(client: Client, ms: number): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  let isOver = ms === 0;
  const look = () => {
    const state = client.state.get();
    if (isOver && state.status === 'waiting') reject(state.why);
    if (state.status === 'online' || state.status === 'closed') {
      clearTimeout(timer);
      stop();
    }
  };
  const giveUp = () => {
    isOver = true;
    look();
    // One that neither lets in nor refuses is as good as none.
    reject(new ChinwagError('disconnected', 'no answer'));
  };
  const timer = ms === 0 ? undefined : setTimeout(giveUp, ms);
  const stop = client.state.subscribe(look);
  return promise;
}

function isNobodyThere(error: unknown): boolean {
  return error instanceof ChinwagError && error.code === 'disconnected';
}

export function nothingAnswers(server: string): ChinwagError {
  const message = `nothing answers at ${server}; start a server with "chinwag serve", or say where one is with --server`;
  return new ChinwagError('disconnected', message);
}
