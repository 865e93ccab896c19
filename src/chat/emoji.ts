/** Emoji by shortcode, without colons: `wave` is 👋. In the order in which pickers show them. */
export type Emoji = ReadonlyMap<string, string>;

/** Loads the table: some 10 KB gzipped that a first screen does not need. */
export async function loadEmoji(): Promise<Emoji> {
  const { emojiTable } = await import('./emoji-table.ts');
  const emoji = new Map<string, string>();
  for (const line of emojiTable.split('\n')) {
    const [shown, ...names] = line.split(' ');
    if (shown !== undefined) for (const name of names) emoji.set(name, shown);
  }
  return emoji;
}
