import type { IUnicodeVersionProvider } from '@xterm/headless';
import { eastAsianWidth } from 'get-east-asian-width';

/** How a terminal divides what it is sent into cells. */
export type Widths =
  /** A whole grapheme is one: what the newest terminals do. */
  | 'graphemes'
  /** Each code point by itself, emoji wide: what most do. */
  | 'characters'
  /** Each code point by itself, and emoji narrow: what old ones do. */
  | 'old';

export const allWidths: readonly Widths[] = ['graphemes', 'characters', 'old'];

const JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;
const KEYCAP = 0x20e3;
/** A flag that is whole takes no third letter. */
const WHOLE_FLAG = 1;

/** A terminal's opinion, in the terms of `@xterm/headless`; none for the one it has by itself. */
export function providerOf(widths: Widths): IUnicodeVersionProvider | undefined {
  if (widths === 'old') return undefined;
  return {
    version: widths,
    wcwidth: widthOf,
    charProperties(codePoint, preceding) {
      const before = { last: preceding >>> 3, width: (preceding >> 1) & 3 };
      const width = widthOf(codePoint);
      const isFlag = isRegional(codePoint) && isRegional(before.last);
      const joins =
        before.width > 0 &&
        (width === 0 ||
          (widths === 'graphemes' && (isFlag || before.last === JOINER || isModifier(codePoint))));
      if (!joins) return properties(codePoint, width, false);
      const widens = isFlag || codePoint === EMOJI_STYLE || codePoint === KEYCAP;
      const joined = widths === 'graphemes' && widens ? 2 : before.width;
      return properties(isFlag ? WHOLE_FLAG : codePoint, joined, true);
    },
  };
}

function widthOf(codePoint: number): 0 | 1 | 2 {
  const isZero = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u.test(String.fromCodePoint(codePoint));
  return isZero ? 0 : eastAsianWidth(codePoint);
}

function isRegional(codePoint: number): boolean {
  return codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff;
}

function isModifier(codePoint: number): boolean {
  return codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
}

function properties(last: number, width: number, joins: boolean): number {
  return (last << 3) | (width << 1) | (joins ? 1 : 0);
}
