import { type Command, helpFlag } from './command.ts';
import { commands } from './commands.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';

/** Prints what makes a shell complete commands and their options. */
export async function completion({ words }: GivenTo<'completion'>): Promise<ExitCode> {
  const [shell = '', ...more] = words;
  const script = scripts.get(shell);
  if (script === undefined || more.length > 0) {
    throw new UsageError(`say for which shell: ${[...scripts.keys()].join(', ')}`);
  }
  console.log(script());
  return exitCodes.done;
}

const scripts: ReadonlyMap<string, () => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

const names = [...commands.map(({ name }) => name), 'help'];

function flagsOf({ flags }: Command) {
  return Object.entries({ ...flags, help: helpFlag });
}

/** The options of all commands that take a value of this kind; the same name means the same everywhere. */
function taking(...kinds: readonly string[]): string[] {
  const found = commands.flatMap((command) =>
    flagsOf(command).filter(([, { value }]) => value !== undefined && kinds.includes(value)),
  );
  return [...new Set(found.map(([flag]) => `--${flag}`))];
}

function others(): string[] {
  const found = commands.flatMap((command) =>
    flagsOf(command).filter(([, { value }]) => value !== undefined),
  );
  const known = taking('FILE', 'FOLDER');
  return [...new Set(found.map(([flag]) => `--${flag}`))].filter((flag) => !known.includes(flag));
}

function bash(): string {
  const cases = commands.map((command) => {
    const words = [...(command.choices ?? []), ...flagsOf(command).map(([flag]) => `--${flag}`)];
    return `    ${command.name}) words='${words.join(' ')}' ;;`;
  });
  return `# chinwag completion for bash
_chinwag() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  COMPREPLY=()
  case "$before" in
    ${taking('FILE').join('|')}) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    ${taking('FOLDER').join('|')}) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    ${others().join('|')}) return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ] || [ "\${COMP_WORDS[1]}" = help ]; then words='${names.join(' ')}'; fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _chinwag chinwag`;
}

function zsh(): string {
  const described = commands.map(({ name, summary }) => quoted(`${name}:${summary}`));
  const cases = commands.map((command) => {
    const flags = flagsOf(command).map(([flag, { value, help }]) => {
      const what = help.replace(/[[\]:]/g, ' ');
      return quoted(
        `--${flag}[${what}]${value === undefined ? '' : `:${value}:${zshAction(value)}`}`,
      );
    });
    const rest =
      command.choices === undefined ? [] : [quoted(`1:shell:(${command.choices.join(' ')})`)];
    return `    ${command.name}) _arguments ${[...flags, ...rest].join(' ')} ;;`;
  });
  return `#compdef chinwag
_chinwag() {
  local -a names=(${described.join(' ')} 'help:say what there is')
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  local name="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$name" in
    help) _describe command names ;;
${cases.join('\n')}
  esac
}
compdef _chinwag chinwag`;
}

function zshAction(value: string): string {
  if (value === 'FILE') return '_files';
  return value === 'FOLDER' ? '_files -/' : ' ';
}

function fish(): string {
  const first = "complete -c chinwag -n '__fish_is_first_token' -f";
  const lines = commands.flatMap((command) => {
    const { name, summary, choices = [] } = command;
    const here = `complete -c chinwag -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `${first} -a ${name} -d ${quoted(summary)}`,
      ...choices.map((choice) => `${here} -f -a ${choice}`),
      ...flagsOf(command).map(([flag, { value, help }]) => {
        const files = value === 'FILE' || value === 'FOLDER' ? ' -r -F' : ' -x';
        return `${here} -l ${flag}${value === undefined ? '' : files} -d ${quoted(help)}`;
      }),
    ];
  });
  return ['# chinwag completion for fish', 'complete -c chinwag -f', ...lines].join('\n');
}

/** As one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
