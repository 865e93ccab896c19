import { writeFileSync } from 'node:fs';
import { gemoji } from 'gemoji';

/** Writes the emoji table: all but flags and families, which are most of the size and least used. */
const file = new URL('../src/chat/emoji-table.ts', import.meta.url);
const lines = gemoji
  .filter(({ category, emoji }) => category !== 'Flags' && !emoji.includes('\u200d'))
  .map(({ emoji, names }) => [emoji, ...names].join(' '));
writeFileSync(
  file,
  `/** Emoji and their shortcodes, one a line. Written by \`npm run emoji\`. */
export const emojiTable = \`${lines.join('\n')}\`;
`,
);
