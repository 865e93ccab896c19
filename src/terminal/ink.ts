import type { Colour, Style } from './line.ts';
import type { Palette } from './palette.ts';

/** A style as one terminal can show it. The same tone is always the same object. */
export type Tone = {
  readonly foreground: string;
  readonly background: string;
  readonly marks: readonly Mark[];
  /** All of its codes; empty for what a terminal shows after a reset. */
  readonly codes: string;
};

type Mark = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strike';

const ON: Readonly<Record<Mark, string>> = {
  bold: '1',
  dim: '2',
  italic: '3',
  underline: '4',
  inverse: '7',
  strike: '9',
};
const OFF: Readonly<Record<Mark, string>> = {
  bold: '22',
  dim: '22',
  italic: '23',
  underline: '24',
  inverse: '27',
  strike: '29',
};
const MARKS: readonly Mark[] = ['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'];

const BLACK = 0;
const WHITE = 7;
const CUBE = 16;
const GREYS = 232;
const CUBE_LEVELS = [0, 95, 135, 175, 215, 255];

/** Makes tones of styles, and the shortest way from one tone to another. */
export class Ink {
  readonly plain: Tone;
  readonly #palette: Palette;
  readonly #byCodes = new Map<string, Tone>();
  readonly #byStyle = new WeakMap<Style, Tone>();

  constructor(palette: Palette) {
    this.#palette = palette;
    this.plain = this.tone({});
  }

  tone(style: Style): Tone {
    const before = this.#byStyle.get(style);
    if (before !== undefined) return before;
    const background = this.#colour(style.background, 'background');
    const foreground = this.#colour(style.foreground, background === '' ? 'alone' : 'foreground');
    const marks = MARKS.filter((mark) => style[mark] === true);
    const codes = [...marks.map((mark) => ON[mark]), foreground, background]
      .filter((code) => code !== '')
      .join(';');
    const tone = this.#byCodes.get(codes) ?? { foreground, background, marks, codes };
    this.#byCodes.set(codes, tone);
    this.#byStyle.set(style, tone);
    return tone;
  }

  #colour(colour: Colour | undefined, ground: Ground): string {
    const isColour = Number.isInteger(colour) && colour !== undefined && colour >= 0;
    if (!isColour || colour > 255 || this.#palette === 'none') return '';
    const base = ground === 'background' ? 40 : 30;
    if (this.#palette === 'eight') {
      const nearest = nearestOfEight(colour);
      const isGrey = nearest === BLACK || nearest === WHITE;
      // A grey of its own shade would vanish into one of the two; the terminal's own shows.
      return isGrey && ground === 'alone' ? '' : `${base + nearest}`;
    }
    if (colour < 8) return `${base + colour}`;
    if (colour < CUBE) return `${base + 60 + colour - 8}`;
    return `${base + 8};5;${colour}`;
  }
}

type Ground = 'background' | 'foreground' | 'alone';

/** The shortest sequence that turns a terminal from one tone to another. */
export function turn(from: Tone, to: Tone): string {
  if (from === to) return '';
  if (to.codes === '') return '\x1b[m';
  const afresh = from.codes === '' ? to.codes : `0;${to.codes}`;
  const step = stepFrom(from, to);
  return `\x1b[${step.length < afresh.length ? step : afresh}m`;
}

function stepFrom(from: Tone, to: Tone): string {
  const gone = from.marks.filter((mark) => !to.marks.includes(mark));
  const off = new Set(gone.map((mark) => OFF[mark]));
  // Bold and dim are switched off together.
  const on = to.marks.filter((mark) => !from.marks.includes(mark) || off.has(OFF[mark]));
  const codes = [...off, ...on.map((mark) => ON[mark])];
  if (from.foreground !== to.foreground) codes.push(to.foreground || '39');
  if (from.background !== to.background) codes.push(to.background || '49');
  return codes.join(';');
}

/** The colour of the first eight that comes nearest in hue; without a hue, black or white. */
function nearestOfEight(colour: Colour): number {
  if (colour < CUBE) return colour % 8;
  if (colour >= GREYS) return colour - GREYS < 12 ? BLACK : WHITE;
  const place = colour - CUBE;
  const channels = [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(
    (level) => CUBE_LEVELS[level] ?? 0,
  );
  const [most, least] = [Math.max(...channels), Math.min(...channels)];
  if (most - least < 40) return most < 128 ? BLACK : WHITE;
  const middle = (most + least) / 2;
  return channels.reduce((sum, level, bit) => sum + (level > middle ? 1 << bit : 0), 0);
}
