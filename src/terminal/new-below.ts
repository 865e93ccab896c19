import { isAtEnd } from './scroll.ts';
import { sightOf } from './sight.ts';
import { here, type State } from './state.ts';

/** Past this nobody counts. */
const MOST = 1_000;

/** How many messages of others wait below for whoever reads further up, up to 1,000. */
export function newBelow(state: State): number {
  const { timeline, me } = state;
  const { scroll, landing } = here(state);
  if (scroll.at === 'end' || landing) return 0;
  const sight = sightOf(state);
  if (isAtEnd(scroll, sight, sight.layout.bodyRows)) return 0;
  let count = 0;
  for (let index = timeline.messages.length - 1; index >= 0 && count < MOST; index -= 1) {
    const message = timeline.messages[index];
    if (message?.state !== 'sent') continue;
    if (message.seq <= timeline.read) break;
    if (message.from.id !== me?.id) count += 1;
  }
  return count;
}
