import { commandsOf, type SlashCommand, usage } from '../chat/slash.ts';
import { strip } from '../chat/strip.ts';
import { runCommand } from './commands.ts';
import { type } from './composer.ts';
import { emptyField } from './field.ts';
import { fuzzy } from './fuzzy.ts';
import type { ActionOf } from './keys.ts';
import { changeHere, here, noLayer, type State } from './state.ts';
import { type Step, step } from './step.ts';

/** Something one can go to. */
export type Goal = { readonly label: string; readonly detail: string } & (
  | { readonly kind: 'room'; readonly room: string }
  | { readonly kind: 'command'; readonly command: SlashCommand }
  | { readonly kind: 'person'; readonly name: string }
);

/** A longer list is not read; one types more. */
const MOST_GOALS = 100;

export function find(state: State): Step {
  const opened: State = { ...state, layer: { kind: 'finding', field: emptyField, chosen: 0 } };
  return step(opened, { do: 'list', query: undefined, isPage: false });
}

/** What fits what was typed, the best first. `#`, `/` and `@` ask for one kind. */
export function goalsOf(state: State): readonly Goal[] {
  const { layer } = state;
  if (layer.kind !== 'finding') return [];
  const typed = layer.field.editor.text.trim();
  const kind = kinds.get(typed.charAt(0));
  const all = goals(state).filter((goal) => kind === undefined || goal.kind === kind);
  const letters = kind === undefined ? typed : typed.slice(1);
  if (letters === '') return all.slice(0, MOST_GOALS);
  return all
    .map((goal) => ({ goal, score: fuzzy(letters, goal.label.slice(1)) ?? Number.NaN }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST_GOALS)
    .map(({ goal }) => goal);
}

const kinds: ReadonlyMap<string, Goal['kind']> = new Map([
  ['#', 'room'],
  ['/', 'command'],
  ['@', 'person'],
]);

function goals(state: State): Goal[] {
  const { entries, listed, timeline, me } = state;
  const joined = new Set(entries.map(({ room }) => room));
  const rooms = [
    ...entries.map(({ room, title, unread }): Goal => {
      const detail = unread > 0 ? `${unread} unread` : strip(title);
      return { kind: 'room', room, label: `#${room}`, detail };
    }),
    ...listed
      .filter(({ room }) => !joined.has(room))
      .map(({ room, title, memberCount }): Goal => {
        const detail = `${memberCount} there, not joined ${strip(title)}`;
        return { kind: 'room', room, label: `#${room}`, detail };
      }),
  ];
  const commands = commandsOf('terminal').map((command): Goal => {
    return { kind: 'command', command, label: usage(command), detail: command.help };
  });
  const people = timeline.members
    .filter(({ id }) => id !== me?.id)
    .map(({ name }): Goal => ({ kind: 'person', name, label: `@${strip(name)}`, detail: 'here' }));
  return [...rooms, ...commands, ...people];
}

/** What the keys of going somewhere do. */
export const finding: Readonly<Record<ActionOf<'finding'>, (state: State) => Step>> = {
  above: (state) => step(moved(state, -1)),
  below: (state) => step(moved(state, 1)),
  close: (state) => step({ ...state, layer: noLayer }),
  choose: (state) => {
    const { layer } = state;
    const goal = layer.kind === 'finding' ? goalsOf(state)[layer.chosen] : undefined;
    return goal === undefined ? step(state) : gone({ ...state, layer: noLayer }, goal);
  },
};

function moved(state: State, by: number): State {
  const { layer } = state;
  if (layer.kind !== 'finding') return state;
  const count = Math.max(1, goalsOf(state).length);
  return { ...state, layer: { ...layer, chosen: (layer.chosen + by + count) % count } };
}

function gone(state: State, goal: Goal): Step {
  switch (goal.kind) {
    case 'room':
      return step(state, { do: 'open', room: goal.room });
    case 'person':
      return step(written(state, `@${goal.name} `));
    case 'command': {
      const { command } = goal;
      const needsMore = command.arguments.some(({ optional }) => optional === undefined);
      if (needsMore) return step(written(state, `/${command.name} `));
      const made = command.make(undefined, undefined);
      return made.kind === 'command' ? runCommand(state, made) : step(state);
    }
  }
}

function written(state: State, text: string): State {
  return changeHere(state, { composer: type(here(state).composer, text) });
}
