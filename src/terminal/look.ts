import type { Emoji } from '../chat/emoji.ts';
import { Formatter } from '../chat/format.ts';
import { Rows } from '../chat/rows.ts';
import { lastOf } from './memo.ts';
import type { Settings } from './settings.ts';
import { type Background, type Theme, themes } from './theme.ts';

/**
 * How things look, and what was made to look so already: the rows of the room that was looked
 * at last. Another look is another object, so whatever was drawn in an old one is drawn again.
 */
export type Look = {
  readonly theme: Theme;
  readonly formatter: Formatter;
  readonly timeWidth: number;
  /** None until the table is loaded. */
  readonly emoji: Emoji | undefined;
  readonly rows: Rows;
};

/** `background` is what the terminal says of itself. */
export function lookOf(settings: Settings, background: Background, emoji: Emoji | undefined): Look {
  const { theme, time } = settings;
  // Words are English everywhere; only the clock differs.
  const locale = time === '24h' ? 'en-GB' : 'en-US';
  const formatter = formatterOf(locale);
  return {
    theme: themes[theme === 'auto' ? background : theme],
    formatter,
    timeWidth: time === '24h' ? 5 : 8,
    emoji,
    rows: new Rows(formatter),
  };
}

/** One is enough, and to make one takes long. */
const formatterOf = lastOf((locale: string) => new Formatter({ locale, timeZone: undefined }));
