import { strip } from '../chat/strip.ts';
import { type Composer, composerOf } from './composer.ts';
import type { ActionOf } from './keys.ts';
import { scrolledTo } from './scroll.ts';
import { sightOf } from './sight.ts';
import { changeHere, here, noLayer, type State } from './state.ts';
import { type Step, step } from './step.ts';

/** Begins to search what is loaded of this room. */
export function search(state: State, words = ''): State {
  const from = here(state).scroll;
  const layer = { kind: 'searching', field: composerOf(words), from, hits: [], at: -1 } as const;
  return sought({ ...state, layer });
}

/** The matches of what is in the field now, the latest of them in sight. */
export function sought(state: State): State {
  const { layer } = state;
  if (layer.kind !== 'searching') return state;
  const hits = matches(state, layer.field);
  return shown({ ...state, layer: { ...layer, hits, at: hits.length - 1 } });
}

function matches(state: State, field: Composer): readonly string[] {
  const words = field.editor.text.trim().toLowerCase();
  if (words === '') return [];
  const { layout: _, ...sight } = sightOf(state);
  const found: string[] = [];
  for (let index = 0; index < sight.count; index += 1) {
    const row = sight.message(index);
    if (row !== undefined && strip(row.message.text).toLowerCase().includes(words)) {
      found.push(row.key);
    }
  }
  return found;
}

/** With the match that has come up in sight. */
function shown(state: State): State {
  const { layer } = state;
  if (layer.kind !== 'searching') return state;
  const hit = layer.hits[layer.at];
  if (hit === undefined) return changeHere(state, { scroll: layer.from });
  const sight = sightOf(state);
  const index = sight.find(hit);
  if (index === undefined) return state;
  const rows = sight.layout.bodyRows;
  const scroll = scrolledTo(index, sight, rows, Math.floor(rows / 3));
  return changeHere(state, { scroll });
}

/** What the keys of a search do. */
export const searching: Readonly<Record<ActionOf<'searching'>, (state: State) => Step>> = {
  older: (state) => step(moved(state, -1)),
  newer: (state) => step(moved(state, 1)),
  stay: (state) => step({ ...state, layer: noLayer }),
  back: (state) => {
    const { layer } = state;
    const closed: State = { ...state, layer: noLayer };
    return step(layer.kind === 'searching' ? changeHere(closed, { scroll: layer.from }) : closed);
  },
};

function moved(state: State, by: number): State {
  const { layer } = state;
  if (layer.kind !== 'searching' || layer.hits.length === 0) return state;
  const at = (layer.at + by + layer.hits.length) % layer.hits.length;
  return shown({ ...state, layer: { ...layer, at } });
}
