import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';
import { Follow } from './follow.ts';
import { coloured, jsonLine, lineOf } from './message-line.ts';
import { placeOf, USUAL_ROOM } from './place.ts';
import { signIn } from './sign-in.ts';
import { twoSignals } from './signals.ts';
import { sinceOf } from './since.ts';

/** Prints what was said and what is, until it is stopped. */
export async function tail({ values, words }: GivenTo<'tail'>): Promise<ExitCode> {
  const { place, rest } = placeOf(words, values);
  const rooms = rest.length === 0 ? [USUAL_ROOM] : [...new Set(rest)];
  const limit = limitOf(values.limit);
  if (limit !== undefined && rooms.length > 1) {
    throw new UsageError('--limit goes with one room; give one, or leave it out');
  }
  const since = values.since === undefined ? undefined : sinceOf(values.since, Date.now());
  const follows = values['no-follow'] !== true;
  const signals = twoSignals();
  const client = await signIn(place);
  const output = process.stdout;
  const follow = new Follow(client, { rooms, limit, since, follows }, output, (message) => {
    if (values.json === true) return jsonLine({ type: 'message', ...message });
    const name = coloured(message.from.name, output);
    return rooms.length === 1 ? lineOf(message, name) : `${message.room} ${lineOf(message, name)}`;
  });
  try {
    await follow.run(signals.first);
    return exitCodes.done;
  } finally {
    signals.end();
    client.close();
  }
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--limit takes a number of messages, not "${text}"`);
}
