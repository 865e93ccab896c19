import { parseArgs } from 'node:util';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';

/** An option. One that takes no `value` is a switch. */
export type Flag = {
  /** What `--help` shows in place of a value; `FILE` and `FOLDER` are completed as such. */
  readonly value?: string;
  readonly help: string;
  readonly byDefault?: string;
  readonly environment?: string;
};

export type Flags = Readonly<Record<string, Flag>>;

/** What was given for these flags; what was not given is left out. */
type Values<F extends Flags> = {
  readonly [N in keyof F]?: F[N] extends { readonly value: string }
    ? string
    : 'value' extends keyof F[N]
      ? string | true
      : true;
};

/** A command line that has been read. */
export type Given<F extends Flags> = {
  readonly values: Values<F>;
  readonly words: readonly string[];
};

type Facts<F extends Flags> = {
  readonly name: string;
  /** The words it takes, as in `[URL] [room]`; without any it refuses them. */
  readonly takes: string;
  /** The words it takes one of, where there are only so many. */
  readonly choices?: readonly string[];
  readonly summary: string;
  /** What `--help` says besides. */
  readonly notes?: string;
  readonly flags: F;
  /** Loads only what this command needs. */
  readonly load: () => Promise<(given: Given<F>) => Promise<ExitCode>>;
};

export type Command = Omit<Facts<Flags>, 'load'> & {
  /** Throws `UsageError` where the arguments make no sense. */
  run(args: readonly string[]): Promise<ExitCode>;
};

/** A command from what the table knows of it. */
export function command<const F extends Flags>(facts: Facts<F>): Command {
  const { load, ...known } = facts;
  return {
    ...known,
    async run(args) {
      const given = read(facts, args);
      if (given === 'help') {
        console.log(helpOf(known));
        return exitCodes.done;
      }
      const start = await load();
      return start(given);
    },
  };
}

function read<F extends Flags>({ flags, takes }: Facts<F>, args: readonly string[]) {
  const options = Object.entries({ ...flags, help: helpFlag }).map(([name, { value }]) => {
    return [name, { type: value === undefined ? 'boolean' : 'string' }] as const;
  });
  const parsed = parsedArgs(args, Object.fromEntries(options), takes !== '');
  const { help, ...values } = parsed.values;
  if (help === true) return 'help';
  if (!areValues(values, flags)) throw new UsageError('give every option once');
  return { values, words: parsed.positionals };
}

type ParseOptions = Record<string, { readonly type: 'boolean' | 'string' }>;

function parsedArgs(args: readonly string[], options: ParseOptions, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function areValues<F extends Flags>(values: object, flags: F): values is Values<F> {
  return Object.entries(values).every(([name, given]) => {
    return flags[name]?.value === undefined ? given === true : typeof given === 'string';
  });
}

export const helpFlag: Flag = { help: 'print this' };

export function helpOf({ name, takes, summary, notes, flags }: Omit<Command, 'run'>): string {
  const options = Object.entries({ ...flags, help: helpFlag }).map(([flag, facts]) => {
    const what = `--${flag}${facts.value === undefined ? '' : ` ${facts.value}`}`;
    const { byDefault = '', environment } = facts;
    const usual = byDefault === '' ? '' : ` (${byDefault})`;
    const variable = environment === undefined ? '' : `\n${' '.repeat(27)}${environment}`;
    return `  ${what.padEnd(24)} ${facts.help}${usual}${variable}`;
  });
  const synopsis = ['chinwag', name, takes, '[options]'].filter((part) => part !== '').join(' ');
  const more = notes === undefined ? [] : ['', notes];
  return [`${synopsis}: ${summary}.`, '', ...options, ...more].join('\n');
}
