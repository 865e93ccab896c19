import { userInfo } from 'node:os';
import type { Flags } from './command.ts';
import { UsageError } from './exit-codes.ts';

const USUAL_SERVER = 'http://127.0.0.1:2428';
export const USUAL_ROOM = 'general';

export const placeFlags = {
  server: {
    value: 'URL',
    help: 'the server; its address may also come first, without --server',
    byDefault: USUAL_SERVER,
    environment: 'CHINWAG_SERVER',
  },
  name: {
    value: 'NAME',
    help: 'who you are',
    byDefault: 'your user name',
    environment: 'CHINWAG_NAME',
  },
} as const satisfies Flags;

/** Which server, and as whom. */
export type Place = { readonly server: string; readonly name: string };

type PlaceGiven = { readonly [N in keyof typeof placeFlags]?: string };

/**
 * From an address that comes first, `--server`, `--name` and the environment; and the words
 * that are left. Throws `UsageError`.
 */
export function placeOf(
  words: readonly string[],
  given: PlaceGiven,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly place: Place; readonly rest: readonly string[] } {
  const [first = ''] = words;
  const address = isAddress(first) ? first : undefined;
  const place = {
    server: originOf(address ?? given.server ?? environment.CHINWAG_SERVER ?? USUAL_SERVER),
    name: given.name ?? environment.CHINWAG_NAME ?? userInfo().username,
  };
  return { place, rest: address === undefined ? words : words.slice(1) };
}

/** The same where one room at the most may follow. */
export function placeAndRoomOf(words: readonly string[], given: PlaceGiven) {
  const { place, rest } = placeOf(words, given);
  const [room = USUAL_ROOM, ...more] = rest;
  if (more.length > 0) {
    throw new UsageError('give one address and one room at the most, the address first');
  }
  return { place, room };
}

/** `localhost:2428` and `http://localhost` are addresses, `general` is a room. */
function isAddress(word: string): boolean {
  return word.includes('://') || /^[^\s/]+:\d{1,5}\/?$/.test(word);
}

function originOf(address: string): string {
  const url = URL.parse(address.includes('://') ? address : `http://${address}`);
  if (url === null || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new UsageError(`"${address}" is no address; write one like ${USUAL_SERVER}`);
  }
  return `${url.protocol.replace('ws', 'http')}//${url.host}`;
}
