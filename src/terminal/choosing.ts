import type { MessageRow } from '../chat/rows.ts';
import type { ActionOf } from './keys.ts';
import { revealing } from './scroll.ts';
import { type Sight, sightOf } from './sight.ts';
import { changeHere, here, noLayer, type State, say } from './state.ts';
import { type Step, step } from './step.ts';

/** Begins at the latest message that is in the room. */
export function choose(state: State): Step {
  const sight = sightOf(state);
  const index = messageFrom(sight, sight.count - 1, -1);
  if (index === undefined) return step(say(state, 'There is no message here yet.'));
  return step(chosen(state, sight, index));
}

/** The message that is chosen. */
export function chosenRow(state: State): MessageRow | undefined {
  const { layer } = state;
  if (layer.kind !== 'choosing') return undefined;
  const sight = sightOf(state);
  const index = sight.find(layer.key);
  return index === undefined ? undefined : sight.message(index);
}

/** What the keys of choosing a message do. */
export const choosing: Readonly<Record<ActionOf<'choosing'>, (state: State) => Step>> = {
  older: (state) => step(moved(state, -1)),
  newer: (state) => step(moved(state, 1)),
  done: (state) => step({ ...state, layer: noLayer }),
  reply: (state) => {
    const message = chosenRow(state)?.message;
    if (message === undefined) return step({ ...state, layer: noLayer });
    if (message.state !== 'sent') {
      return step(say(state, 'This one is not sent yet: it can be answered when it is.', true));
    }
    return step(answering({ ...state, layer: noLayer }, message.seq));
  },
  retry: (state) => settle(state, 'retry'),
  discard: (state) => settle(state, 'discard'),
};

export function answering(state: State, seq: number): State {
  return changeHere(state, { composer: { ...here(state).composer, replyTo: seq } });
}

function settle(state: State, what: 'retry' | 'discard'): Step {
  const message = chosenRow(state)?.message;
  if (message === undefined || message.state === 'sent') {
    return step(
      say(state, 'This one is sent: only a message that failed can be treated so.', true),
    );
  }
  if (what === 'retry' && message.state === 'pending') {
    return step(say(state, 'This one is still on its way: it is sent again by itself.'));
  }
  const { room } = state.timeline;
  return step({ ...state, layer: noLayer }, { do: what, room, key: message.key });
}

function moved(state: State, by: 1 | -1): State {
  const { layer } = state;
  if (layer.kind !== 'choosing') return state;
  const sight = sightOf(state);
  const from = sight.find(layer.key);
  const index = from === undefined ? undefined : messageFrom(sight, from + by, by);
  return index === undefined ? state : chosen(state, sight, index);
}

function chosen(state: State, sight: Sight, index: number): State {
  const scroll = revealing(index, here(state).scroll, sight, sight.layout.bodyRows);
  const layer = { kind: 'choosing', key: sight.key(index) } as const;
  return changeHere({ ...state, layer }, { scroll });
}

/** The next block from there that is a message. */
function messageFrom(sight: Sight, from: number, by: 1 | -1): number | undefined {
  for (let index = from; index >= 0 && index < sight.count; index += by) {
    if (sight.message(index) !== undefined) return index;
  }
  return undefined;
}
