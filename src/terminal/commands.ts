import type { Command } from '../chat/slash.ts';
import { strip } from '../chat/strip.ts';
import { answering, chosenRow } from './choosing.ts';
import { helpPage } from './help.ts';
import { settingsPage, whoPage } from './pages.ts';
import { openPage } from './reading.ts';
import { search } from './searching.ts';
import { BadSettings, withSetting } from './settings.ts';
import { here, type State, say } from './state.ts';
import { type Step, step } from './step.ts';

/** Does what somebody asked for with a slash. */
export function runCommand(state: State, command: Command): Step {
  const { room, topic } = state.timeline;
  switch (command.name) {
    case 'join':
      return step(state, { do: 'open', room: command.room });
    case 'create':
      return step(state, { do: 'create', room: command.room, title: command.title });
    case 'leave':
      return step(state, { do: 'leave', room: command.room ?? room });
    case 'topic':
      if (command.topic !== undefined) {
        return step(state, { do: 'setTopic', room, topic: command.topic });
      }
      return step(say(state, topic === '' ? 'This room has no topic.' : `Topic: ${strip(topic)}`));
    case 'rooms':
      return step(state, { do: 'list', query: command.query, isPage: true });
    case 'search':
      return step(search(state, command.words));
    case 'reply':
      return reply(state, command.text);
    case 'theme':
      if (command.theme === undefined) {
        return step(say(state, `The theme is ${state.settings.theme}; /theme light, dark or auto`));
      }
      return changeSetting(state, 'theme', command.theme);
    case 'settings':
      if (command.change === undefined) return step(openPage(state, settingsPage(state)));
      return changeSetting(state, command.change.setting, command.change.value);
    case 'who':
      return step(openPage(state, whoPage(state)));
    case 'next':
      return step(state, { do: 'openNext' });
    case 'help':
      return step(openPage(state, helpPage()));
    case 'quit':
      return step(state, { do: 'quit' });
  }
}

export function changeSetting(state: State, name: string, value: string): Step {
  try {
    const settings = withSetting(state.settings, name, value);
    const changed = say({ ...state, settings }, `${name} is ${value} now.`);
    return step(changed, { do: 'keepSettings', settings });
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error;
    return step(say(state, `${error.message}.`, true));
  }
}

/** To the chosen message, or to the last one that somebody else sent. */
function reply(state: State, text: string | undefined): Step {
  const { me, timeline } = state;
  const chosen = chosenRow(state)?.message;
  const last = timeline.messages.findLast(
    (message) => message.state === 'sent' && message.from.id !== me?.id,
  );
  const message = chosen ?? last;
  if (message?.state !== 'sent') return step(say(state, 'There is nothing here to answer.', true));
  if (text === undefined) return step(answering(state, message.seq));
  const { name } = here(state);
  return step(state, { do: 'send', room: name, text, replyTo: message.seq });
}
