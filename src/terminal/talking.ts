import { speakers } from '../chat/completion.ts';
import { parseComposed } from '../chat/slash.ts';
import { tab } from '../chat/tab.ts';
import { limits } from '../protocol/limits.ts';
import { choose } from './choosing.ts';
import { changeSetting, runCommand } from './commands.ts';
import * as compose from './composer.ts';
import { find } from './finding.ts';
import { helpPage } from './help.ts';
import type { ActionOf } from './keys.ts';
import { openPage } from './reading.ts';
import { atEnd, scrolledBy } from './scroll.ts';
import { search } from './searching.ts';
import { sightOf } from './sight.ts';
import { type Asked, changeHere, here, type State, say } from './state.ts';
import { type Step, step } from './step.ts';

/** The key that was pressed, and what it would confirm. */
export type Press = { readonly key: string; readonly asked: Asked | undefined };

/** A message of more lines than this, some of them pasted, is sent only when asked twice. */
const MANY_LINES = 3;

/** What the keys do while one talks. */
export const talking: Readonly<Record<ActionOf<'talking'>, (state: State, press: Press) => Step>> =
  {
    send,
    newLine: (state) => step(composed(state, (composer) => compose.type(composer, '\n'))),
    complete: (state) => step(completed(state, 1)),
    completeBack: (state) => step(completed(state, -1)),
    up: (state) => step(composed(state, compose.up)),
    down: (state) => step(composed(state, compose.down)),
    nextUnread: (state) => step(state, { do: 'openNext' }),
    findOrKill: (state) => {
      const { text, caret } = here(state).composer.editor;
      if (caret === text.length) return find(state);
      return step(composed(state, (composer) => compose.kill(composer, 'lineEnd')));
    },
    find,
    roomNumber: (state, { key }) => {
      const entry = state.entries[Number(key.slice(-1)) - 1];
      if (entry === undefined) return step(say(state, `There is no room ${key.slice(-1)} here.`));
      return step(state, { do: 'open', room: entry.room });
    },
    previousRoom: (state) => neighbour(state, -1),
    nextRoom: (state) => neighbour(state, 1),
    pageUp: (state) => step(scrolled(state, -1)),
    pageDown: (state) => step(scrolled(state, 1)),
    latest: (state) => {
      const moved = composed(state, (composer) => compose.move(composer, 'lineEnd'));
      return step(changeHere(moved, { scroll: atEnd, landing: false }));
    },
    select: choose,
    search: (state) => step(search(state)),
    repaint: (state) => step(state, { do: 'repaint' }),
    help: (state) => step(openPage(state, helpPage())),
    toggleRooms: (state) => toggled(state, 'rooms'),
    toggleMembers: (state) => toggled(state, 'members'),
    cancel: (state) => step(composed(state, (composer) => ({ ...composer, replyTo: undefined }))),
    interrupt: (state, { asked }) => {
      const { composer } = here(state);
      if (composer.editor.text !== '' || composer.replyTo !== undefined) {
        const { past, killed } = composer;
        return step(composed(state, () => ({ ...compose.composerOf(''), past, killed })));
      }
      if (asked === 'leave') return step(state, { do: 'quit' });
      return step({ ...say(state, 'Ctrl-C again to leave.'), asked: 'leave' });
    },
    deleteOrLeave: (state) => {
      if (here(state).composer.editor.text === '') return step(state, { do: 'quit' });
      return step(composed(state, (composer) => compose.erase(composer, 'right')));
    },
  };

function send(state: State, { asked }: Press): Step {
  const { composer, name } = here(state);
  const { text } = composer.editor;
  if (text.trim() === '') return step(state);
  const meant = parseComposed(text, 'terminal');
  const sent = () => changeHere(state, { composer: compose.sent(composer) });
  switch (meant.kind) {
    case 'mistake':
      return step(say(state, meant.sentence, true));
    case 'command':
      return runCommand(sent(), meant);
    case 'message': {
      const refused = whyNot(state, meant.text);
      if (refused !== undefined) return step(say(state, refused, true));
      const lines = meant.text.split('\n').length;
      if (composer.pasted && lines > MANY_LINES && asked !== 'sendMany') {
        const question = `Enter again sends these ${lines} lines as one message.`;
        return step({ ...say(state, question), asked: 'sendMany' });
      }
      const { replyTo } = composer;
      const reply = replyTo === undefined ? {} : { replyTo };
      return step(changeHere(sent(), { scroll: atEnd, landing: false }), {
        do: 'send',
        room: name,
        text: meant.text,
        ...reply,
      });
    }
  }
}

/** What the server would say of this text, said before it is sent. */
function whyNot({ connection }: State, text: string): string | undefined {
  const most = connection.status === 'online' ? connection.limits.textChars : limits.textChars;
  const length = [...text].length;
  if (length <= most) return undefined;
  return `This is ${length - most} characters too long: a message has at most ${most}.`;
}

function composed(state: State, change: (composer: compose.Composer) => compose.Composer): State {
  return changeHere(state, { composer: change(here(state).composer) });
}

function completed(state: State, by: 1 | -1): State {
  const { timeline, me, entries, listed, look, completion } = state;
  const { composer } = here(state);
  const { text, caret } = composer.editor;
  const cycle = tab(completion, text, caret, by, {
    where: 'terminal',
    members: speakers(timeline, me?.name ?? ''),
    rooms: [...new Set([...entries, ...listed].map(({ room }) => room))],
    emoji: look.emoji,
  });
  if (cycle === undefined) return state;
  const editor = { text: cycle.text, caret: cycle.caret };
  return {
    ...changeHere(state, { composer: compose.written(composer, editor) }),
    completion: cycle,
  };
}

function neighbour(state: State, by: 1 | -1): Step {
  const { entries, timeline } = state;
  const at = entries.findIndex(({ room }) => room === timeline.room);
  const entry = entries[(at + by + entries.length) % Math.max(1, entries.length)];
  return entry === undefined ? step(state) : step(state, { do: 'open', room: entry.room });
}

function scrolled(state: State, pages: 1 | -1): State {
  const sight = sightOf(state);
  const rows = sight.layout.bodyRows;
  const by = pages * Math.max(1, rows - 2);
  const scroll = scrolledBy(here(state).scroll, sight, rows, by);
  return changeHere(state, { scroll, landing: false });
}

function toggled(state: State, list: 'rooms' | 'members'): Step {
  const next = changeSetting(state, list, state.settings[list] === 'shown' ? 'hidden' : 'shown');
  const { roomsWidth, membersWidth } = sightOf(next.state).layout;
  const width = list === 'rooms' ? roomsWidth : membersWidth;
  if (next.state.settings[list] === 'hidden' || width > 0) {
    return { ...next, state: { ...next.state, said: undefined } };
  }
  const instead = list === 'rooms' ? 'Ctrl-K lists the rooms' : '/who lists the people';
  return { ...next, state: say(next.state, `This is too narrow for it; ${instead}.`) };
}
