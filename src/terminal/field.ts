import { strip } from '../chat/strip.ts';
import { type Composer, composerOf } from './composer.ts';
import type { Span } from './line.ts';
import { shorten, span } from './line-of.ts';
import { here, type State } from './state.ts';

/** What is being written in, and what stands before it. */
export type Field = { readonly prompt: Span; readonly composer: Composer };

/** The one field that has the caret. */
export function fieldOf(state: State): Field {
  const { layer, look } = state;
  const { theme } = look;
  switch (layer.kind) {
    case 'finding':
      return { prompt: span('go to › ', theme.prompt), composer: layer.field };
    case 'searching':
      return { prompt: span('search › ', theme.prompt), composer: layer.field };
    case 'naming':
      return { prompt: span('your name › ', theme.prompt), composer: layer.field };
    case 'none':
    case 'choosing':
    case 'reading':
      return { prompt: talkingPrompt(state), composer: here(state).composer };
  }
}

/** The field with something else in it. */
export function withField(state: State, composer: Composer): State {
  const { layer } = state;
  switch (layer.kind) {
    case 'finding':
      return { ...state, layer: { ...layer, field: composer, chosen: 0 } };
    case 'searching':
    case 'naming':
      return { ...state, layer: { ...layer, field: composer } };
    case 'none':
    case 'choosing':
    case 'reading': {
      const { name } = here(state);
      const rooms = state.rooms.map((room) => (room.name === name ? { ...room, composer } : room));
      return { ...state, rooms };
    }
  }
}

export const emptyField = composerOf('');

/** Says where a message goes, and when it is none. */
function talkingPrompt(state: State): Span {
  const { name, composer } = here(state);
  const { theme } = state.look;
  const width = Math.max(8, Math.floor(state.size.columns / 4));
  const { text } = composer.editor;
  if (text.startsWith('/') && !text.startsWith('//')) return span('command › ', theme.warning);
  if (composer.replyTo === undefined)
    return span(`#${shorten(strip(name), width)} › `, theme.prompt);
  return span(`↳ ${shorten(answered(state, composer.replyTo), width)} › `, theme.prompt);
}

function answered({ timeline }: State, seq: number): string {
  const message = timeline.messages.findLast((one) => one.state === 'sent' && one.seq === seq);
  return message?.state === 'sent' ? strip(message.from.name) : 'a message';
}
