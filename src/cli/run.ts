import { about } from '../server/about.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';

type Subcommand = {
  readonly synopsis: string;
  readonly help: string;
  /** Loads only what this subcommand needs. */
  readonly load: () => Promise<(args: string[]) => Promise<ExitCode>>;
};

const subcommands: ReadonlyMap<string, Subcommand> = new Map([
  [
    'serve',
    {
      synopsis: 'serve [options]',
      help: 'host rooms',
      load: async () => (await import('./serve.ts')).serve,
    },
  ],
  [
    'join',
    {
      synopsis: 'join [URL] [room] [--name NAME]',
      help: 'talk in a room',
      load: async () => (await import('./join.ts')).join,
    },
  ],
  [
    'bench',
    {
      synopsis: 'bench URL [options]',
      help: 'measure a server and check every delivery',
      load: async () => (await import('./bench.ts')).bench,
    },
  ],
]);

/** Runs one command line; resolves with its exit code. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  const [name = 'help', ...args] = argv;
  if (name === '--version' || name === '-v') {
    console.log(about.version);
    return exitCodes.done;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    console.log(usage());
    return exitCodes.done;
  }
  const subcommand = subcommands.get(name);
  if (subcommand === undefined) {
    console.error(`chinwag: there is no "${name}"\n\n${usage()}`);
    return exitCodes.usage;
  }
  try {
    const start = await subcommand.load();
    return await start(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`chinwag ${name}: ${error.message}\nchinwag ${name} --help says more`);
    return exitCodes.usage;
  }
}

function usage(): string {
  const lines = [...subcommands.values()].map(
    ({ synopsis, help }) => `  chinwag ${synopsis.padEnd(40)} ${help}`,
  );
  return ['Chat rooms for the terminal and for scripts.', '', ...lines].join('\n');
}
