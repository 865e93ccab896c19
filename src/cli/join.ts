import type { ExitCode } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';
import { Lines } from './lines.ts';
import { offerServer } from './offer.ts';
import { type Place, placeAndRoomOf } from './place.ts';
import { nothingAnswers, signIn } from './sign-in.ts';
import { readToken, writeToken } from './tokens.ts';

const LEAVE_MS = 200;

const tokens = { read: readToken, write: writeToken };

/** The whole screen on a terminal; elsewhere lines in, lines out, until the input ends. */
export async function join({ values, words }: GivenTo<'join'>): Promise<ExitCode> {
  const { place, room } = placeAndRoomOf(words, values);
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  return isTerminal ? onScreen(place, room) : inLines(place, room);
}

async function inLines(place: Place, room: string): Promise<ExitCode> {
  const client = await signIn(place);
  try {
    return await new Lines(client, room, process.stdin, process.stdout).run();
  } finally {
    client.close();
  }
}

async function onScreen(place: Place, room: string): Promise<ExitCode> {
  const screen = import('../terminal/join-terminal.ts');
  const own = await offerServer(place.server);
  try {
    const { joinTerminal } = await screen;
    const { why, unsent, name } = await joinTerminal({ ...place, room, tokens });
    if (unsent > 0) {
      const what = unsent === 1 ? '1 message is' : `${unsent} messages are`;
      console.error(`${what} not sent yet; chinwag join --name ${name} goes on with that`);
    }
    if (why !== undefined) throw why.code === 'disconnected' ? nothingAnswers(place.server) : why;
    return exitCodes.done;
  } finally {
    await own?.stop();
    // Whoever leaves does not wait for a socket that is still being opened; what counts is on disk.
    setTimeout(() => process.exit(), LEAVE_MS).unref();
  }
}
