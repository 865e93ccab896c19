import type { Colour, Style } from './line.ts';

/** Which kind of background a person's terminal has. */
export type Background = 'light' | 'dark';

/** How each kind of thing looks. A difference that matters never lies in a colour alone. */
export type Theme = {
  readonly title: Style;
  readonly status: Style;
  readonly border: Style;
  readonly prompt: Style;
  readonly ownName: Style;
  readonly mention: Style;
  readonly unread: Style;
  readonly dim: Style;
  readonly notice: Style;
  readonly error: Style;
  readonly warning: Style;
  readonly success: Style;
  readonly pending: Style;
  readonly code: Style;
  readonly quote: Style;
  readonly link: Style;
  readonly match: Style;
  readonly selection: Style;
  /** One after another around the wheel: `nameStyle` chooses. */
  readonly names: readonly Colour[];
};

export const themes: Readonly<Record<Background, Theme>> = {
  dark: {
    title: { bold: true },
    status: { foreground: 250 },
    border: { foreground: 246 },
    prompt: { foreground: 80, bold: true },
    ownName: { foreground: 255, bold: true },
    mention: { foreground: 222, bold: true },
    unread: { foreground: 209, bold: true },
    dim: { foreground: 247 },
    notice: { foreground: 247, italic: true },
    error: { foreground: 210, bold: true },
    warning: { foreground: 221 },
    success: { foreground: 114 },
    pending: { foreground: 247, italic: true },
    code: { foreground: 180 },
    quote: { foreground: 250, italic: true },
    link: { foreground: 117, underline: true },
    match: { foreground: 16, background: 221, underline: true },
    selection: { inverse: true },
    names: [210, 80, 179, 111, 149, 176, 215, 116, 204, 114, 141, 222],
  },
  light: {
    title: { bold: true },
    status: { foreground: 238 },
    border: { foreground: 242 },
    prompt: { foreground: 24, bold: true },
    ownName: { foreground: 16, bold: true },
    mention: { foreground: 88, bold: true },
    unread: { foreground: 124, bold: true },
    dim: { foreground: 241 },
    notice: { foreground: 241, italic: true },
    error: { foreground: 124, bold: true },
    warning: { foreground: 94 },
    success: { foreground: 22 },
    pending: { foreground: 241, italic: true },
    code: { foreground: 89 },
    quote: { foreground: 239, italic: true },
    link: { foreground: 25, underline: true },
    match: { foreground: 16, background: 221, underline: true },
    selection: { inverse: true },
    names: [124, 23, 94, 25, 22, 90, 96, 24, 125, 60, 55, 58],
  },
};

/** A name's look, by a number that is the same for the same name. */
export function nameStyle(theme: Theme, number: number): Style {
  const foreground = theme.names[Math.abs(Math.trunc(number)) % theme.names.length];
  return foreground === undefined ? { bold: true } : { foreground, bold: true };
}

/** What some terminals say in the environment, as `foreground;background` or with one more between. */
export function backgroundFrom(colorfgbg: string | undefined): Background | undefined {
  const index = /^[\w]+(?:;[\w]+)?;(\d{1,2})$/.exec(colorfgbg ?? '')?.[1];
  if (index === undefined) return undefined;
  return index === '7' || Number(index) >= 9 ? 'light' : 'dark';
}

/** What a terminal answers when it is asked for its background: `11;rgb:ffff/ffff/ffff`. */
export function backgroundOf(answer: string): Background | undefined {
  const channels = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(answer);
  if (channels === null) return undefined;
  const [red = 0, green = 0, blue = 0] = channels
    .slice(1)
    .map((digits) => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? 'light' : 'dark';
}
