import type { Input } from './input.ts';

type Modifiers = { readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean };

/** A control sequence: `ESC [`, parameters, a last byte. */
export type Sequence = { readonly params: string; readonly final: string; readonly alt: boolean };

const NONE: Modifiers = { ctrl: false, alt: false, shift: false };
const ALT: Modifiers = { ...NONE, alt: true };

/** By last byte: xterm, linux, tmux and kitty. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** By the number before `~`, and in rxvt before `^`, `$` and `@`. */
const NUMBERS: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

const RXVT_ARROWS: Readonly<Record<string, string>> = { a: 'up', b: 'down', c: 'right', d: 'left' };

/** The keypad after `ESC O`: what is printed on the keys. */
const KEYPAD: Readonly<Record<string, string>> = {
  ' ': ' ',
  X: '=',
  j: '*',
  k: '+',
  l: ',',
  m: '-',
  n: '.',
  o: '/',
  p: '0',
  q: '1',
  r: '2',
  s: '3',
  t: '4',
  u: '5',
  v: '6',
  w: '7',
  x: '8',
  y: '9',
};

/** kitty's numbers for keys that have no character. */
const CODES: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  13: 'enter',
  27: 'escape',
  127: 'backspace',
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
};
const KITTY_KEYPAD_FIRST = 57399;
const KITTY_KEYPAD = '0123456789./*-+';
const KITTY_EQUAL = 57415;
const RELEASED = '3';
const FIRST_KITTY = 57344;
const LAST_KITTY = 63743;

/** The key of `ESC [ …`; nothing for what is no key: answers, reports, and keys without a name. */
export function keyOfCsi({ params, final, alt }: Sequence): Input | undefined {
  if (final === 'Z') return key('tab', { ...NONE, alt, shift: true });
  const arrow = RXVT_ARROWS[final];
  if (arrow !== undefined && params === '') return key(arrow, { ...NONE, alt, shift: true });
  if (!/^[\d;:]*$/.test(params)) return undefined;
  const [first = '', second = '', third = ''] = params.split(';');
  const modifiers = modifiersOf(second, alt);
  if (modifiers === undefined) return undefined;
  if (final === 'u') return character(Number.parseInt(first, 10), modifiers);
  if (final === '~' && first === '27') return character(Number.parseInt(third, 10), modifiers);
  const letter = LETTERS[final];
  if (letter !== undefined)
    return first === '' || first === '1' ? key(letter, modifiers) : undefined;
  const name = NUMBERS[first];
  if (name === undefined) return undefined;
  if (final === '~') return key(name, modifiers);
  if (final === '^') return key(name, { ...NONE, alt, ctrl: true });
  if (final === '$') return key(name, { ...NONE, alt, shift: true });
  return final === '@' ? key(name, { ctrl: true, alt, shift: true }) : undefined;
}

/** The key of `ESC O …`: the cursor keys and the keypad in application mode. */
export function keyOfSs3({ params, final, alt }: Sequence): Input | undefined {
  const arrow = RXVT_ARROWS[final];
  if (arrow !== undefined) return key(arrow, { ...NONE, alt, ctrl: true });
  const modifiers = modifiersOf(params.split(';').at(-1) ?? '', alt);
  if (modifiers === undefined) return undefined;
  const letter = LETTERS[final];
  if (letter !== undefined) return key(letter, modifiers);
  if (final === 'M') return key('enter', modifiers);
  if (final === 'I') return key('tab', modifiers);
  const printed = KEYPAD[final];
  return printed === undefined ? undefined : character(printed.charCodeAt(0), modifiers);
}

/** Linux's console has `ESC [ [ A` to `E` for its first five. */
export function keyOfLinux(final: string): Input {
  return key(`f${final.charCodeAt(0) - 'A'.charCodeAt(0) + 1}`, NONE);
}

/** The key of one control character. */
export function keyOfControl(byte: number, alt: boolean): Input {
  const modifiers = alt ? ALT : NONE;
  const name = CODES[byte];
  if (name !== undefined) return key(name, modifiers);
  if (byte === 0) return key('space', { ...modifiers, ctrl: true });
  return key(String.fromCharCode(byte + 64).toLowerCase(), { ...modifiers, ctrl: true });
}

/** The key of one character after `ESC`. */
export function keyOfAlt(typed: string): Input {
  return named(typed, ALT);
}

/** xterm's number of modifiers: 1 and a bit for each. Nothing for a release or a foreign modifier. */
function modifiersOf(param: string, alt: boolean): Modifiers | undefined {
  const [number = '', event] = param.split(':');
  if (event === RELEASED) return undefined;
  const bits = number === '' ? 0 : Number.parseInt(number, 10) - 1;
  const [superKey, hyper] = [8, 16];
  if (!Number.isInteger(bits) || bits < 0 || (bits & (superKey | hyper)) !== 0) return undefined;
  // Caps lock and num lock are no modifiers here; meta is alt.
  return { shift: (bits & 1) !== 0, alt: alt || (bits & (2 | 32)) !== 0, ctrl: (bits & 4) !== 0 };
}

/** A key by its code point: what it types, or its name where it types nothing. */
function character(code: number, modifiers: Modifiers): Input | undefined {
  const name = CODES[code];
  if (name !== undefined) return key(name, modifiers);
  if (code === KITTY_EQUAL) return character('='.charCodeAt(0), modifiers);
  const pad = KITTY_KEYPAD[code - KITTY_KEYPAD_FIRST];
  if (pad !== undefined) return character(pad.charCodeAt(0), modifiers);
  const isPrivate = code >= FIRST_KITTY && code <= LAST_KITTY;
  if (!(code >= 32 && code <= 0x10ffff) || isPrivate) return undefined;
  const typed = String.fromCodePoint(code);
  if (/[\p{Cc}\p{Cs}]/u.test(typed)) return undefined;
  if (modifiers.ctrl || modifiers.alt) return named(typed, modifiers);
  return { kind: 'text', text: modifiers.shift ? typed.toUpperCase() : typed };
}

function named(typed: string, modifiers: Modifiers): Input {
  if (typed === ' ') return key('space', modifiers);
  const lower = typed.toLowerCase();
  return key(lower, { ...modifiers, shift: modifiers.shift || lower !== typed });
}

function key(name: string, { ctrl, alt, shift }: Modifiers): Input {
  const prefix = `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shift ? 'shift-' : ''}`;
  return { kind: 'key', key: prefix + name };
}
