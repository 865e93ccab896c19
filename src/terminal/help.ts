import { commandsOf, usage } from '../chat/slash.ts';
import { keyTable, type Mode, modeTitles } from './keys.ts';
import type { Page, PageLine } from './state.ts';

/** Every key and every command on one page, from the tables that the client itself goes by. */
export function helpPage(): Page {
  const keys = modes().flatMap((mode): PageLine[] => [
    { kind: 'heading', text: modeTitles[mode] },
    ...keyTable[mode].map(
      ({ keys, help }): PageLine => ({
        kind: 'entry',
        term: shown(keys),
        text: help,
      }),
    ),
    { kind: 'plain', text: '' },
  ]);
  const commands = commandsOf('terminal').map(
    (command): PageLine => ({ kind: 'entry', term: usage(command), text: command.help }),
  );
  return {
    title: 'Help',
    lines: [...keys, { kind: 'heading', text: 'Commands' }, ...commands],
  };
}

export function modes(): Mode[] {
  return ['talking', 'writing', 'choosing', 'searching', 'finding', 'reading', 'naming'];
}

/** `alt-1` to `alt-9` in a row are one entry. */
export function shown(keys: readonly string[]): string {
  const [first = '', , , last] = keys;
  if (keys.length > 4 && last !== undefined) return `${keyName(first)}…${keys.at(-1)?.slice(-1)}`;
  return keys.map(keyName).join(', ');
}

const symbols: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  escape: 'Esc',
};

/** As it stands on a keyboard: `Ctrl-K`, `Alt-↑`, `F1`; a letter alone stays small. */
function keyName(key: string): string {
  const parts = key.split('-');
  return parts
    .map((part, index) => {
      const symbol = symbols[part];
      if (symbol !== undefined) return symbol;
      if (parts.length === 1 && part.length === 1) return part;
      const isLetter = index === parts.length - 1 && part.length === 1;
      return isLetter ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1);
    })
    .join('-');
}
