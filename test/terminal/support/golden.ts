import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Style } from '../../../src/terminal/line.ts';
import type { TestScreen } from './test-screen.ts';

const FOLDER = new URL('../golden/', import.meta.url);

/**
 * What the screen shows is what the file of this name says: its rows and where the cursor is,
 * and with `styled` how each piece of a row looks. `npm run golden` writes the files anew.
 */
export function golden(name: string, screen: TestScreen, { styled = false } = {}): void {
  const file = new URL(`${name}.txt`, FOLDER);
  const rows = styled ? screen.rows.map((_, row) => styledRow(screen, row)) : screen.rows;
  const { row, column } = screen.cursor;
  const cursor = screen.hasCursor ? `cursor ${row}:${column}` : 'no cursor';
  const shown = `${rows.map((text) => `${text}|`).join('\n')}\n${cursor}\n`;
  if (process.env.CHINWAG_GOLDEN === 'write') writeFileSync(file, shown);
  assert.equal(shown, readFileSync(file, 'utf8'), `${name}: npm run golden writes it anew`);
}

/** `{bold 80}text{}` */
function styledRow(screen: TestScreen, row: number): string {
  let text = '';
  let last = '';
  for (const cell of screen.cells(row)) {
    const style = styleName(cell.style);
    if (style !== last) text += `{${style}}`;
    last = style;
    text += cell.text;
  }
  return text.trimEnd();
}

function styleName({ foreground, background, ...flags }: Style): string {
  const colours = [
    foreground === undefined ? '' : `${foreground}`,
    background === undefined ? '' : `on ${background}`,
  ];
  return [...Object.keys(flags), ...colours].filter((part) => part !== '').join(' ');
}
