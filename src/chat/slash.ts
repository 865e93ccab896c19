import { roomNamePattern } from '../protocol/room-name.ts';
import { distance } from './distance.ts';

/** What a person asked the client to do. What was left out is undefined. */
export type Command =
  | { readonly kind: 'command'; readonly name: 'join'; readonly room: string }
  | {
      readonly kind: 'command';
      readonly name: 'create';
      readonly room: string;
      readonly title: string | undefined;
    }
  | { readonly kind: 'command'; readonly name: 'leave'; readonly room: string | undefined }
  /** Without a `topic`: shows it. */
  | { readonly kind: 'command'; readonly name: 'topic'; readonly topic: string | undefined }
  | { readonly kind: 'command'; readonly name: 'rooms'; readonly query: string | undefined }
  | { readonly kind: 'command'; readonly name: 'search'; readonly words: string }
  /** Without `text`: starts a reply that is still to be written. */
  | { readonly kind: 'command'; readonly name: 'reply'; readonly text: string | undefined }
  | { readonly kind: 'command'; readonly name: 'theme'; readonly theme: Theme | undefined }
  /** Without a `change`: shows them. */
  | {
      readonly kind: 'command';
      readonly name: 'settings';
      readonly change: { readonly setting: string; readonly value: string } | undefined;
    }
  | { readonly kind: 'command'; readonly name: 'who' | 'next' | 'help' | 'quit' };

export type Theme = 'light' | 'dark' | 'auto';

type Message = { readonly kind: 'message'; readonly text: string };
type Mistake = { readonly kind: 'mistake'; readonly sentence: string };
export type Composed = Message | Command | Mistake;

/** What an argument is, which is also what completes it. */
type ArgumentKind = 'room' | 'theme' | 'text';

interface Argument {
  readonly kind: ArgumentKind;
  /** What help calls it. */
  readonly label: string;
  readonly optional?: true;
}

export interface SlashCommand {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Only the last may be `text`, which takes the rest of the line. */
  readonly arguments: readonly Argument[];
  /** One line. */
  readonly help: string;
  readonly where: 'terminal' | 'browser' | 'both';
  /** The values of its arguments, checked; undefined where left out. */
  readonly make: (first: string | undefined, second: string | undefined) => Command | Message;
}

/** Every command, in the order in which help shows them. */
export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'join',
    aliases: ['j'],
    arguments: [{ kind: 'room', label: 'room' }],
    help: 'Go into a room',
    where: 'both',
    make: (room = '') => ({ kind: 'command', name: 'join', room }),
  },
  {
    name: 'create',
    aliases: [],
    arguments: [
      { kind: 'room', label: 'room' },
      { kind: 'text', label: 'title', optional: true },
    ],
    help: 'Make a new room',
    where: 'both',
    make: (room = '', title) => ({ kind: 'command', name: 'create', room, title }),
  },
  {
    name: 'leave',
    aliases: ['part'],
    arguments: [{ kind: 'room', label: 'room', optional: true }],
    help: 'Leave this room, or another',
    where: 'both',
    make: (room) => ({ kind: 'command', name: 'leave', room }),
  },
  {
    name: 'topic',
    aliases: ['t'],
    arguments: [{ kind: 'text', label: 'text', optional: true }],
    help: 'Show or change what this room is about',
    where: 'both',
    make: (topic) => ({ kind: 'command', name: 'topic', topic }),
  },
  {
    name: 'me',
    aliases: [],
    arguments: [{ kind: 'text', label: 'text' }],
    help: 'Say what you do, in italics',
    where: 'both',
    make: (text = '') => ({ kind: 'message', text: emphasised(text) }),
  },
  {
    name: 'who',
    aliases: ['names'],
    arguments: [],
    help: 'Show who is here',
    where: 'both',
    make: () => ({ kind: 'command', name: 'who' }),
  },
  {
    name: 'rooms',
    aliases: ['list'],
    arguments: [{ kind: 'text', label: 'words', optional: true }],
    help: 'Show the rooms there are',
    where: 'both',
    make: (query) => ({ kind: 'command', name: 'rooms', query }),
  },
  {
    name: 'search',
    aliases: ['find'],
    arguments: [{ kind: 'text', label: 'words' }],
    help: 'Find words in what is loaded of this room',
    where: 'both',
    make: (words = '') => ({ kind: 'command', name: 'search', words }),
  },
  {
    name: 'reply',
    aliases: ['r'],
    arguments: [{ kind: 'text', label: 'text', optional: true }],
    help: 'Answer the chosen message, or the last one',
    where: 'both',
    make: (text) => ({ kind: 'command', name: 'reply', text }),
  },
  {
    name: 'next',
    aliases: ['n'],
    arguments: [],
    help: 'Go to the next room with something new',
    where: 'both',
    make: () => ({ kind: 'command', name: 'next' }),
  },
  {
    name: 'theme',
    aliases: [],
    arguments: [{ kind: 'theme', label: 'light, dark or auto', optional: true }],
    help: 'Change the colours',
    where: 'both',
    make: (theme) => ({ kind: 'command', name: 'theme', theme: themes.find((t) => t === theme) }),
  },
  {
    name: 'settings',
    aliases: [],
    arguments: [{ kind: 'text', label: 'name value', optional: true }],
    help: 'Show the settings, or change one',
    where: 'both',
    make: (written) => ({ kind: 'command', name: 'settings', change: changeOf(written) }),
  },
  {
    name: 'help',
    aliases: ['h', '?'],
    arguments: [],
    help: 'Show keys and commands',
    where: 'both',
    make: () => ({ kind: 'command', name: 'help' }),
  },
  {
    name: 'quit',
    aliases: ['q', 'exit'],
    arguments: [],
    help: 'End chinwag',
    where: 'terminal',
    make: () => ({ kind: 'command', name: 'quit' }),
  },
];

export const themes: readonly Theme[] = ['light', 'dark', 'auto'];

/** The client that asks. */
export type Where = 'terminal' | 'browser';

/** The commands that this client has. */
export function commandsOf(where: Where): SlashCommand[] {
  return slashCommands.filter((command) => command.where === 'both' || command.where === where);
}

/** The command of this name or alias, in any case. */
export function findCommand(word: string, where: Where): SlashCommand | undefined {
  const wanted = word.toLowerCase();
  return commandsOf(where).find(({ name, aliases }) => name === wanted || aliases.includes(wanted));
}

/** How a command is written: `/create room [title]`. */
export function usage(command: SlashCommand): string {
  const words = command.arguments.map(({ label, optional }) => (optional ? `[${label}]` : label));
  return [`/${command.name}`, ...words].join(' ');
}

/** What a person wrote: something to say, something to do, or a mistake and what to do about it. */
export function parseComposed(text: string, where: Where): Composed {
  const [line = ''] = text.split('\n', 1);
  const word = /^\/(\S+)/.exec(line)?.[1];
  if (word === undefined) return { kind: 'message', text };
  if (word.startsWith('/')) return { kind: 'message', text: text.slice(1) };
  const command = findCommand(word, where);
  if (command === undefined) return unknown(word, where);
  return fill(command, text.slice(word.length + 1).trim());
}

function fill(command: SlashCommand, rest: string): Composed {
  const values: (string | undefined)[] = [];
  let left = rest;
  for (const argument of command.arguments) {
    const value = argument.kind === 'text' ? left : (/^\S*/.exec(left)?.[0] ?? '');
    left = left.slice(value.length).trimStart();
    const checked = value === '' ? undefined : check(argument, value);
    if (checked === undefined && (value !== '' || argument.optional === undefined)) {
      return { kind: 'mistake', sentence: mistake(command, argument, value) };
    }
    values.push(checked);
  }
  if (left !== '') {
    return { kind: 'mistake', sentence: `That is too much: it is written ${usage(command)}` };
  }
  return command.make(values[0], values[1]);
}

/** The value as the command wants it; undefined where it is none. */
function check({ kind }: Argument, value: string): string | undefined {
  switch (kind) {
    case 'room': {
      const room = value.replace(/^#/, '').toLowerCase();
      return new RegExp(roomNamePattern).test(room) ? room : undefined;
    }
    case 'theme':
      return themes.find((theme) => theme === value.toLowerCase());
    case 'text':
      return value;
  }
}

function mistake(command: SlashCommand, { kind, label }: Argument, value: string): string {
  if (value === '') return `/${command.name} needs more: write ${usage(command)}`;
  if (kind === 'room') {
    return `“${value}” is no name for a room: use small letters, digits, dots and hyphens, at most 64`;
  }
  return `“${value}” is not possible here: choose ${label}`;
}

function unknown(word: string, where: Where): Mistake {
  const written = word.toLowerCase();
  const [nearest] = commandsOf(where)
    .map(({ name }) => ({ name, far: name.startsWith(written) ? 0 : distance(written, name) }))
    .filter(({ name, far }) => far <= name.length / 2)
    .sort((a, b) => a.far - b.far);
  const instead = nearest === undefined ? 'Try /help.' : `Did you mean /${nearest.name}?`;
  return {
    kind: 'mistake',
    sentence: `There is no command /${word}. ${instead} To say it as it stands, write //${word}`,
  };
}

/** "bell off" or "bell=off". */
function changeOf(written: string | undefined) {
  if (written === undefined) return undefined;
  const [setting = '', value = ''] = written.split(/[\s=]+/);
  return { setting, value };
}

/** In one line, so that it is one emphasis, and with nothing in it that ends it early. */
function emphasised(text: string): string {
  return `*${text.replace(/\s*\n\s*/g, ' ').replace(/[\\*]/g, '\\$&')}*`;
}
