import type { Client } from '../client/index.ts';
import type { ExitCode } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';
import { Lines } from './lines.ts';
import { type OwnServer, offerServer } from './offer.ts';
import { type Place, placeAndRoomOf } from './place.ts';
import { signIn } from './sign-in.ts';

/** Lines in, lines out, until the input ends. */
export async function join({ values, words }: GivenTo<'join'>): Promise<ExitCode> {
  const { place, room } = placeAndRoomOf(words, values);
  const { client, own } = await enter(place);
  try {
    return await new Lines(client, room, process.stdin, process.stdout).run();
  } finally {
    client.close();
    await own?.stop();
  }
}

/** Signs in, to a server of its own where there is none and one is wanted. */
async function enter(place: Place): Promise<{ client: Client; own?: OwnServer }> {
  try {
    return { client: await signIn(place) };
  } catch (error) {
    const own = await offerServer(error, place.server);
    if (own === undefined) throw error;
    try {
      return { client: await signIn(place), own };
    } catch (again) {
      await own.stop();
      throw again;
    }
  }
}
