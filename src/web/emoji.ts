import { type Emoji, loadEmoji } from '../chat/emoji.ts';
import type { Store } from '../client/index.ts';
import { Cell } from './cell.ts';

const cell = new Cell<Emoji | undefined>(undefined);
let asked = false;

/** The table of emoji, once somebody needed it. */
export const emoji: Store<Emoji | undefined> = cell;

/** Loads it. Without it shortcodes stay as they were written. */
export function needEmoji(): void {
  if (asked) return;
  asked = true;
  loadEmoji().then(
    (table) => cell.set(table),
    () => {
      asked = false;
    },
  );
}
