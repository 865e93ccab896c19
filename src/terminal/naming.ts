import type { ActionOf } from './keys.ts';
import { noLayer, type State, say } from './state.ts';
import { type Step, step } from './step.ts';

/** What the keys do while one chooses a name. */
export const naming: Readonly<Record<ActionOf<'naming'>, (state: State) => Step>> = {
  take: (state) => {
    const { layer } = state;
    const name = layer.kind === 'naming' ? layer.field.editor.text.trim() : '';
    if (name === '') return step(say(state, 'A name has at least one letter.', true));
    return step({ ...state, layer: noLayer }, { do: 'signIn', name });
  },
  leave: (state) => step(state, { do: 'quit' }),
};
