import type { ActionOf } from './keys.ts';
import { pageHeight, pageLines } from './page.ts';
import { noLayer, type Page, type State } from './state.ts';
import { type Step, step } from './step.ts';

export function openPage(state: State, page: Page): State {
  return { ...state, layer: { kind: 'reading', page, top: 0 } };
}

/** What the keys of a page do. */
export const reading: Readonly<Record<ActionOf<'reading'>, (state: State) => Step>> = {
  up: (state) => turned(state, () => -1),
  down: (state) => turned(state, () => 1),
  pageUp: (state) => turned(state, (height) => 1 - height),
  pageDown: (state) => turned(state, (height) => height - 1),
  close: (state) => step({ ...state, layer: noLayer }),
};

function turned(state: State, by: (height: number) => number): Step {
  const { layer, size, look } = state;
  if (layer.kind !== 'reading') return step(state);
  const height = pageHeight(size);
  const last = Math.max(0, pageLines(layer.page, size, look.theme).length - height);
  const top = Math.min(last, Math.max(0, layer.top + by(height)));
  return step({ ...state, layer: { ...layer, top } });
}
