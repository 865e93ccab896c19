import { parseArgs } from 'node:util';
import { ChinwagError } from '../client/index.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { Lines } from './lines.ts';
import { type Place, placeOf, placeOptions } from './place.ts';
import { signIn } from './sign-in.ts';
import { DamagedTokens, readToken, writeToken } from './tokens.ts';

const help = `chinwag join [URL] [room] [--name NAME]: talk in a room.

  URL          the server (CHINWAG_SERVER, or http://127.0.0.1:2428)
  room         the room (general)
  --name NAME  who you are (CHINWAG_NAME, or your user name)
  --server URL the same as URL

On a terminal it takes the whole screen, and F1 is help. Elsewhere every line that comes in is
sent, and every line that is said comes out.`;

const tokens = { read: readToken, write: writeToken };

/** The whole screen on a terminal; elsewhere lines in, lines out, until the input ends. */
export async function join(args: string[]): Promise<ExitCode> {
  const parsed = parse(args);
  if (parsed === 'help') {
    console.log(help);
    return exitCodes.done;
  }
  try {
    const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
    return await (isTerminal ? onScreen(parsed) : inLines(parsed));
  } catch (error) {
    if (error instanceof DamagedTokens) {
      console.error(`chinwag join: ${error.message}`);
      return exitCodes.refused;
    }
    if (!(error instanceof ChinwagError)) throw error;
    console.error(`chinwag join: ${sentence(error, parsed)}`);
    return codeOf(error);
  }
}

async function onScreen(place: Place): Promise<ExitCode> {
  const { joinTerminal } = await import('../terminal/join-terminal.ts');
  const { why, unsent } = await joinTerminal({ ...place, tokens });
  if (unsent > 0) {
    const [them, are] = unsent === 1 ? ['message', 'is'] : ['messages', 'are'];
    console.error(
      `${unsent} ${them} ${are} not sent; come back as ${place.name} to send ${unsent === 1 ? 'it' : 'them'}`,
    );
  }
  if (why !== undefined) throw why;
  return exitCodes.done;
}

async function inLines(place: Place): Promise<ExitCode> {
  const client = await signIn(place);
  try {
    return await new Lines(client, place.room, process.stdin, process.stdout).run();
  } finally {
    client.close();
  }
}

function parse(args: string[]): Place | 'help' {
  try {
    const options = { ...placeOptions, help: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return values.help === true ? 'help' : placeOf(positionals, values, process.env);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function sentence(error: ChinwagError, { server }: Place): string {
  if (error.code !== 'disconnected') return error.message;
  return `nothing answers at ${server}; start a server with "chinwag serve", or say where one is with --server`;
}

function codeOf(error: ChinwagError): ExitCode {
  switch (error.code) {
    case 'disconnected':
      return exitCodes.unreachable;
    case 'forbidden':
    case 'not_authenticated':
      return exitCodes.notAllowed;
    default:
      return exitCodes.refused;
  }
}
