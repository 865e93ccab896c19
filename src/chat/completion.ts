import type { Timeline } from '../client/timeline.ts';
import type { Emoji } from './emoji.ts';
import { commandsOf, findCommand, themes, usage, type Where } from './slash.ts';
import { strip } from './strip.ts';

/** Somebody who may be addressed, and when they spoke last: a `seq`, or 0. */
export interface Speaker {
  readonly name: string;
  readonly spoke: number;
}

export interface CompletionSources {
  readonly where: Where;
  readonly members: readonly Speaker[];
  readonly rooms: readonly string[];
  /** None until the table is loaded. */
  readonly emoji: Emoji | undefined;
}

interface Candidate {
  /** What is put in place of what was written. */
  readonly insert: string;
  /** What a list shows, and says beside it. */
  readonly label: string;
  readonly detail: string;
}

/** `bareName`: a name without its `@`, which only Tab should complete. */
type CompletionKind = 'command' | 'name' | 'bareName' | 'room' | 'theme' | 'emoji';

export interface Completion {
  readonly kind: CompletionKind;
  /** What is replaced: `text.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
  /** At least one, the likeliest first. */
  readonly candidates: readonly Candidate[];
}

/** What could stand where the caret is, if there is anything. */
export function complete(
  text: string,
  caret: number,
  sources: CompletionSources,
): Completion | undefined {
  const before = text.slice(0, caret);
  const word = /\S*$/.exec(before)?.[0] ?? '';
  const start = caret - word.length;
  const found = inCommand(before, word, sources) ?? inText(before, word, start, sources);
  if (found === undefined || found.candidates.length === 0) return undefined;
  return { ...found, start, end: caret };
}

type Found = Pick<Completion, 'kind' | 'candidates'>;

function inCommand(before: string, word: string, sources: CompletionSources): Found | undefined {
  if (!/^\/[^/\n]*$/.test(before)) return undefined;
  const [command = '', ...values] = before.slice(1).split(/ +/);
  if (values.length === 0) return { kind: 'command', candidates: commands(word, sources) };
  const known = findCommand(command, sources.where);
  const last = known?.arguments.at(-1);
  const argument =
    known?.arguments[values.length - 1] ?? (last?.kind === 'text' ? last : undefined);
  switch (argument?.kind) {
    case 'room':
      return { kind: 'room', candidates: rooms(word.replace(/^#/, ''), '', sources) };
    case 'theme':
      return { kind: 'theme', candidates: startingWith(themes, word).map((name) => plain(name)) };
    case 'text':
      return undefined;
    case undefined:
      return { kind: 'command', candidates: [] };
  }
}

function inText(
  before: string,
  word: string,
  start: number,
  sources: CompletionSources,
): Found | undefined {
  if (word.startsWith('@')) return { kind: 'name', candidates: people(word.slice(1), sources) };
  if (word.startsWith('#')) return { kind: 'room', candidates: rooms(word.slice(1), '#', sources) };
  if (/^:[a-z0-9_+-]{2,}$/.test(word))
    return { kind: 'emoji', candidates: emoji(word.slice(1), sources) };
  // In a browser Tab has another meaning, which it keeps inside a sentence.
  const mayTab = sources.where === 'terminal' || start === 0 || before[start - 1] === '\n';
  if (mayTab && word !== '') return { kind: 'bareName', candidates: people(word, sources) };
  return undefined;
}

function commands(word: string, { where }: CompletionSources): Candidate[] {
  const written = word.slice(1).toLowerCase();
  return commandsOf(where)
    .filter(({ name, aliases }) => [name, ...aliases].some((known) => known.startsWith(written)))
    .map((command) => ({
      insert: `/${command.name}${command.arguments.length > 0 ? ' ' : ''}`,
      label: usage(command),
      detail: command.help,
    }));
}

function people(written: string, { members }: CompletionSources): Candidate[] {
  const sorted = members.toSorted((a, b) => b.spoke - a.spoke || compare(a.name, b.name));
  const names = startingWith([...new Set(sorted.map(({ name }) => name))], written);
  return names.map((name) => ({ insert: `@${name} `, label: name, detail: '' }));
}

function rooms(written: string, mark: '#' | '', sources: CompletionSources): Candidate[] {
  return startingWith(sources.rooms.toSorted(compare), written).map((name) => ({
    insert: `${mark}${name} `,
    label: `#${name}`,
    detail: '',
  }));
}

/** A list longer than this is no choice any more. */
const MOST_EMOJI = 50;

function emoji(written: string, sources: CompletionSources): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [name, shown] of sources.emoji ?? []) {
    if (!name.startsWith(written)) continue;
    candidates.push({ insert: `${shown} `, label: `:${name}:`, detail: shown });
    if (candidates.length === MOST_EMOJI) break;
  }
  return candidates;
}

function plain(name: string): Candidate {
  return { insert: name, label: name, detail: '' };
}

function startingWith(names: readonly string[], written: string): string[] {
  const wanted = written.toLowerCase();
  return names.filter((name) => name.toLowerCase().startsWith(wanted));
}

function compare(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** How far back somebody's last word is looked for. */
const RECENT_MESSAGES = 500;

/** Who may be addressed in a room: who is here and who spoke lately, but not oneself. */
export function speakers(timeline: Timeline, me: string): Speaker[] {
  const spoke = new Map(timeline.members.map(({ name }) => [name, 0]));
  for (const message of timeline.messages.slice(-RECENT_MESSAGES)) {
    if (message.state === 'sent') spoke.set(message.from.name, message.seq);
  }
  spoke.delete(me);
  return [...spoke].map(([name, seq]) => ({ name: strip(name), spoke: seq }));
}
