import { Formatter } from '../chat/format.ts';
import { Rows } from '../chat/rows.ts';
import type { Settings } from './settings.ts';
import { type Background, type Theme, themes } from './theme.ts';

/**
 * How things look, and what was made to look so already: the rows of the room that was looked
 * at last. Another look is another object, so whatever was drawn in an old one is drawn again.
 */
export type Look = {
  readonly theme: Theme;
  readonly formatter: Formatter;
  readonly rows: Rows;
  readonly timeWidth: number;
};

/** `background` is what the terminal says of itself. */
export function lookOf({ theme, time }: Settings, background: Background): Look {
  // Words are English everywhere; only the clock differs.
  const formatter = new Formatter({
    locale: time === '24h' ? 'en-GB' : 'en-US',
    timeZone: undefined,
  });
  return {
    theme: themes[theme === 'auto' ? background : theme],
    formatter,
    rows: new Rows(formatter),
    timeWidth: time === '24h' ? 5 : 8,
  };
}
