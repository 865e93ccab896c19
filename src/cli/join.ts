import { parseArgs } from 'node:util';
import { ChinwagError } from '../client/index.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { Lines } from './lines.ts';
import { type Place, placeOf, placeOptions } from './place.ts';
import { signIn } from './sign-in.ts';
import { DamagedTokens } from './tokens.ts';

const help = `chinwag join [URL] [room] [--name NAME]: talk in a room.

  URL          the server (CHINWAG_SERVER, or http://127.0.0.1:2428)
  room         the room (general)
  --name NAME  who you are (CHINWAG_NAME, or your user name)
  --server URL the same as URL

Every line that comes in is sent, every line that is said comes out.`;

/** Lines in, lines out, until the input ends. */
export async function join(args: string[]): Promise<ExitCode> {
  const parsed = parse(args);
  if (parsed === 'help') {
    console.log(help);
    return exitCodes.done;
  }
  try {
    const client = await signIn(parsed);
    try {
      return await new Lines(client, parsed.room, process.stdin, process.stdout).run();
    } finally {
      client.close();
    }
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
