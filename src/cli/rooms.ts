import { strip } from '../chat/strip.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';
import { jsonLine } from './message-line.ts';
import { placeOf } from './place.ts';
import { signIn } from './sign-in.ts';

/** Lists the rooms: name, how many are there, title and topic. Enters none. */
export async function rooms({ values, words }: GivenTo<'rooms'>): Promise<ExitCode> {
  const { place, rest } = placeOf(words, values);
  if (rest.length > 0) throw new UsageError('give an address at the most');
  const client = await signIn(place);
  try {
    const listed = await client.rooms();
    if (values.json === true) for (const room of listed) console.log(jsonLine(room));
    else for (const line of table(listed)) console.log(line);
    return exitCodes.done;
  } finally {
    client.close();
  }
}

type Row = {
  readonly room: string;
  readonly memberCount: number;
  readonly title: string;
  readonly topic: string;
};

function table(listed: readonly Row[]): string[] {
  const rows = listed.map(({ room, memberCount, title, topic }) => {
    const about = [title, topic].filter((text) => text !== '').join(': ');
    const inLine = (text: string) => strip(text).replaceAll('\n', ' ');
    return [inLine(room), String(memberCount), inLine(about)] as const;
  });
  const wide = Math.max(4, ...rows.map(([room]) => room.length));
  return [['ROOM', 'HERE', 'ABOUT'] as const, ...rows].map(([room, here, about]) => {
    return `${room.padEnd(wide)}  ${here.padStart(5)}  ${about}`.trimEnd();
  });
}
