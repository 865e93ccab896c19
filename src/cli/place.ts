import { userInfo } from 'node:os';
import { UsageError } from './exit-codes.ts';

const USUAL_SERVER = 'http://127.0.0.1:2428';
const USUAL_ROOM = 'general';

export const placeOptions = {
  server: { type: 'string' },
  name: { type: 'string' },
} as const;

/** Which room of which server, and as whom. */
export type Place = { readonly server: string; readonly room: string; readonly name: string };

/** From `[URL] [room]`, `--server`, `--name` and the environment. Throws `UsageError`. */
export function placeOf(
  positionals: readonly string[],
  given: { readonly server?: string | undefined; readonly name?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Place {
  const addresses = positionals.filter(isAddress);
  const rooms = positionals.filter((word) => !isAddress(word));
  if (addresses.length > 1 || rooms.length > 1) {
    throw new UsageError('give one address and one room at the most');
  }
  const address = addresses[0] ?? given.server ?? environment.CHINWAG_SERVER ?? USUAL_SERVER;
  return {
    server: originOf(address),
    room: rooms[0] ?? USUAL_ROOM,
    name: given.name ?? environment.CHINWAG_NAME ?? userInfo().username,
  };
}

/** `localhost:2428` and `http://localhost:2428` are addresses, `general` is a room. */
function isAddress(word: string): boolean {
  return word.includes('://') || word.includes(':');
}

function originOf(address: string): string {
  const url = URL.parse(address.includes('://') ? address : `http://${address}`);
  if (url === null || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new UsageError(`"${address}" is no address; write one like ${USUAL_SERVER}`);
  }
  return `${url.protocol.replace('ws', 'http')}//${url.host}`;
}
