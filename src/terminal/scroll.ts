/**
 * What can be scrolled: blocks of lines, one under the other. Heights are asked for only near
 * what is in sight, so ten thousand blocks cost no more than ten.
 */
export interface Blocks {
  readonly count: number;
  height(index: number): number;
  key(index: number): string;
  find(key: string): number | undefined;
}

/**
 * Where a person is reading: at the latest, whatever comes, or at a block that stays where it
 * is while lines come below and older ones above. `left` counts the lines of that block in
 * sight from the top on: what a block loses or gains goes at its beginning.
 */
export type Scroll =
  | { readonly at: 'end' }
  | { readonly at: 'block'; readonly key: string; readonly left: number };

export const atEnd: Scroll = { at: 'end' };

/** The first line in sight: a block, and which of its lines. */
export type Top = { readonly index: number; readonly line: number };

/** The first line in sight when `rows` lines are. */
export function topOf(scroll: Scroll, blocks: Blocks, rows: number): Top {
  const end = endOf(blocks, rows);
  if (scroll.at === 'end') return end;
  const index = blocks.find(scroll.key) ?? 0;
  if (index >= blocks.count) return end;
  const line = Math.max(0, blocks.height(index) - scroll.left);
  return isBefore({ index, line }, end) ? { index, line } : end;
}

/** Whether the latest line is in sight. */
export function isAtEnd(scroll: Scroll, blocks: Blocks, rows: number): boolean {
  if (scroll.at === 'end') return true;
  return !isBefore(topOf(scroll, blocks, rows), endOf(blocks, rows));
}

/** Moves by so many lines: up where `by` is negative. */
export function scrolledBy(scroll: Scroll, blocks: Blocks, rows: number, by: number): Scroll {
  return settled(stepped(topOf(scroll, blocks, rows), blocks, by), blocks, rows);
}

/** With block `index` at the top, or under `above` lines of what is before it. */
export function scrolledTo(index: number, blocks: Blocks, rows: number, above = 0): Scroll {
  return settled(stepped({ index, line: 0 }, blocks, -above), blocks, rows);
}

/** As little moved as needed to have block `index` in sight. */
export function revealing(index: number, scroll: Scroll, blocks: Blocks, rows: number): Scroll {
  const top = topOf(scroll, blocks, rows);
  if (isBefore({ index, line: 0 }, top)) return scrolledTo(index, blocks, rows);
  const lowest = stepped({ index, line: 0 }, blocks, Math.min(0, blocks.height(index) - rows));
  return isBefore(top, lowest) ? settled(lowest, blocks, rows) : scroll;
}

function settled(top: Top, blocks: Blocks, rows: number): Scroll {
  if (!isBefore(top, endOf(blocks, rows))) return atEnd;
  const { index, line } = top;
  return { at: 'block', key: blocks.key(index), left: blocks.height(index) - line };
}

/** The first line in sight when the last one is at the bottom. */
function endOf(blocks: Blocks, rows: number): Top {
  let left = rows;
  for (let index = blocks.count - 1; index >= 0; index -= 1) {
    const height = blocks.height(index);
    if (height >= left) return { index, line: height - left };
    left -= height;
  }
  return { index: 0, line: 0 };
}

function stepped({ index, line }: Top, blocks: Blocks, by: number): Top {
  let at = { index, line: line + by };
  while (at.line < 0 && at.index > 0) {
    at = { index: at.index - 1, line: at.line + blocks.height(at.index - 1) };
  }
  while (at.index < blocks.count - 1 && at.line >= blocks.height(at.index)) {
    at = { index: at.index + 1, line: at.line - blocks.height(at.index) };
  }
  return { index: at.index, line: Math.max(0, at.line) };
}

function isBefore(one: Top, other: Top): boolean {
  return one.index < other.index || (one.index === other.index && one.line < other.line);
}
