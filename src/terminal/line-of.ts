import type { Line, Span, Style } from './line.ts';
import { cut, widthOf } from './width.ts';

/** As the terminal has it. One object, so that a painter that has seen it knows it again. */
export const plain: Style = {};

export function span(text: string, style: Style = plain): Span {
  return { text, style };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** The line cut to so many columns. */
function cutLine(line: Line, width: number): Line {
  let left = width;
  const kept: Span[] = [];
  for (const { text, style } of line) {
    if (left <= 0) break;
    const fitting = cut(text, left);
    kept.push({ text: fitting, style });
    left = fitting.length < text.length ? 0 : left - widthOf(fitting);
  }
  return kept;
}

/** The line cut or filled to take exactly so many columns, what is filled in `style`. */
export function fitLine(line: Line, width: number, style: Style = plain): Line {
  const fitting = lineWidth(line) > width ? cutLine(line, width) : line;
  const left = width - lineWidth(fitting);
  return left > 0 ? [...fitting, span(' '.repeat(left), style)] : fitting;
}

/** The text cut to so many columns, with an ellipsis where something is missing. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? '' : `${cut(text, width - 1)}…`;
}

/** The line in another style: what `over` says wins. */
export function restyled(line: Line, over: Style): Line {
  return line.map(({ text, style }) => ({ text, style: { ...style, ...over } }));
}

/** One line with something at its left and something at its right; the right one wins. */
export function spread(left: Line, right: Line, width: number): Line {
  const taken = lineWidth(right);
  if (taken >= width) return fitLine(right, width);
  return [...fitLine(left, width - taken), ...right];
}
