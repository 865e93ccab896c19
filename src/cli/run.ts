import { about } from '../server/about.ts';
import { helpOf } from './command.ts';
import { commands } from './commands.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { failureOf } from './failure.ts';

/** Runs one command line; resolves with its exit code. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  process.stdout.on('error', passOverClosedPipe);
  process.stderr.on('error', passOverClosedPipe);
  const [name = 'help', ...args] = argv;
  switch (name) {
    case '--version':
    case '-v':
      console.log(about.version);
      return exitCodes.done;
    case 'help':
    case '--help':
    case '-h':
      return help(args[0]);
    default:
      return start(name, args);
  }
}

async function start(name: string, args: readonly string[]): Promise<ExitCode> {
  const command = commands.find((one) => one.name === name);
  if (command === undefined) return unknown(name);
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`chinwag ${name}: ${error.message}\nchinwag ${name} --help says more`);
      return exitCodes.usage;
    }
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    console.error(`chinwag ${name}: ${failure.sentence}`);
    return failure.code;
  }
}

function help(name: string | undefined): ExitCode {
  if (name === undefined) {
    console.log(usage());
    return exitCodes.done;
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) return unknown(name);
  console.log(helpOf(command));
  return exitCodes.done;
}

function unknown(name: string): ExitCode {
  console.error(`chinwag: there is no "${name}"\n\n${usage()}`);
  return exitCodes.usage;
}

function usage(): string {
  const lines = commands.map(({ name, takes, summary }) => {
    return `  chinwag ${`${name} ${takes}`.padEnd(34)} ${summary}`;
  });
  const more =
    'Each takes --help. Exit codes: 0 done, 1 refused, 2 usage, 3 unreachable, 4 not allowed.';
  return ['Chat rooms for the terminal and for scripts.', '', ...lines, '', more].join('\n');
}

/** Whoever reads may stop, as behind `| head -1`: that is no failure of what was asked for. */
function passOverClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
