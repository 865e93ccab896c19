import { type Composer, erase, kill, move, yank } from './composer.ts';
import type { ActionOf } from './keys.ts';

/** What the keys of writing do, in whatever one writes in. */
export const writing: Readonly<Record<ActionOf<'writing'>, (composer: Composer) => Composer>> = {
  left: (composer) => move(composer, 'left'),
  right: (composer) => move(composer, 'right'),
  wordLeft: (composer) => move(composer, 'wordLeft'),
  wordRight: (composer) => move(composer, 'wordRight'),
  lineStart: (composer) => move(composer, 'lineStart'),
  lineEnd: (composer) => move(composer, 'lineEnd'),
  eraseLeft: (composer) => erase(composer, 'left'),
  eraseRight: (composer) => erase(composer, 'right'),
  killWordLeft: (composer) => kill(composer, 'wordLeft'),
  killWordRight: (composer) => kill(composer, 'wordRight'),
  killLineStart: (composer) => kill(composer, 'lineStart'),
  yank,
};
