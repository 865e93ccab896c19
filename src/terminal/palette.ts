/** How many colours a terminal can show. */
export type Palette = 'none' | 'eight' | 'many';

/** Terminals of old that know eight colours at the most under these names. */
const EIGHT =
  /^(?:linux|xterm|xterm-color|rxvt|screen|tmux|ansi|cygwin|cons25.*|vt\d+.*|dtterm|Eterm)$/;

/** `NO_COLOR` (https://no-color.org) and `TERM` decide. */
export function paletteOf(environment: Readonly<Record<string, string | undefined>>): Palette {
  if ((environment.NO_COLOR ?? '') !== '') return 'none';
  return EIGHT.test(environment.TERM ?? '') ? 'eight' : 'many';
}
