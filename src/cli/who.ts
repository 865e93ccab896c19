import { strip } from '../chat/strip.ts';
import { ChinwagError, type Client } from '../client/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';
import { jsonLine } from './message-line.ts';
import { placeAndRoomOf } from './place.ts';
import { signIn } from './sign-in.ts';

/**
 * Lists who is in a room, a name a line. The protocol tells that only to those who join, so
 * this joins for a moment; whoever was no member before is none afterwards.
 */
export async function who({ values, words }: GivenTo<'who'>): Promise<ExitCode> {
  const { place, room } = placeAndRoomOf(words, values);
  const client = await signIn(place);
  try {
    const { people, more } = await look(client, room);
    if (values.json === true) for (const person of people) console.log(jsonLine(person));
    else for (const { name } of people) console.log(strip(name));
    if (people.length === 0) console.error(`chinwag who: nobody is in ${room}`);
    if (more > 0) console.error(`chinwag who: and ${more} more, whom the server does not list`);
    return exitCodes.done;
  } finally {
    client.close();
  }
}

async function look(client: Client, room: string) {
  const before = (await client.rooms(room)).find((one) => one.room === room);
  if (before === undefined) {
    const message = `there is no room ${room}; "chinwag rooms" lists those there are`;
    throw new ChinwagError('not_found', message);
  }
  const { user } = await client.ready();
  const { members, memberCount } = await client.request({ type: 'join', room });
  if (!before.joined) await client.request({ type: 'leave', room });
  // Only one who is there elsewhere too was there before this look.
  const wasHere = memberCount <= before.memberCount;
  const people = members.filter(({ id }) => wasHere || id !== user.id);
  return { people, more: memberCount - members.length };
}
