import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Colour, Style } from '../../src/terminal/line.ts';
import { paletteOf } from '../../src/terminal/palette.ts';
import { backgroundFrom, backgroundOf, nameStyle, themes } from '../../src/terminal/theme.ts';

const LEVELS = [0, 95, 135, 175, 215, 255];

/** What people have behind their text: black and near to it, white and near to it. */
const grounds = { dark: [0x00, 0x1e, 0x28], light: [0xff, 0xfa, 0xee] } as const;
const READABLE = 4.5;

for (const background of ['dark', 'light'] as const) {
  const theme = themes[background];
  const { names, ...roles } = theme;

  test(`every colour on ${background} can be read`, () => {
    const styles: Style[] = [...Object.values(roles), ...names.map((_, n) => nameStyle(theme, n))];
    for (const style of styles) {
      if (style.foreground === undefined) continue;
      const against =
        style.background === undefined
          ? grounds[background].map((level) => [level, level, level])
          : [channelsOf(style.background)];
      for (const ground of against) {
        const ratio = contrast(channelsOf(style.foreground), ground);
        assert.ok(ratio >= READABLE, `${JSON.stringify(style)} has ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`on ${background} no difference that matters lies in a colour alone`, () => {
    for (const role of [
      'mention',
      'unread',
      'error',
      'pending',
      'link',
      'match',
      'selection',
    ] as const) {
      const { foreground: _foreground, background: _background, ...marks } = theme[role];
      assert.notDeepEqual(marks, {}, role);
    }
  });
}

test('a name has the same colour for the same number, and its neighbours others', () => {
  const theme = themes.dark;
  const colours = theme.names.map((_, number) => nameStyle(theme, number).foreground);
  assert.equal(new Set(colours).size, theme.names.length);
  assert.deepEqual(nameStyle(theme, 7), nameStyle(theme, 7 + theme.names.length));
  for (const odd of [-3, 1.5, 2 ** 53]) assert.ok(nameStyle(theme, odd).foreground);
});

test('the environment may say which background it is', () => {
  const said: Readonly<Record<string, string>> = {
    '15;0': 'dark',
    '0;15': 'light',
    '0;default;15': 'light',
    '12;8': 'dark',
    '0;7': 'light',
  };
  for (const [value, background] of Object.entries(said)) {
    assert.equal(backgroundFrom(value), background, value);
  }
  for (const nothing of [undefined, '', '15', 'default;default', '0;99x']) {
    assert.equal(backgroundFrom(nothing), undefined, nothing);
  }
});

test('the terminal may say which background it is', () => {
  assert.equal(backgroundOf('11;rgb:0000/0000/0000'), 'dark');
  assert.equal(backgroundOf('11;rgb:fdfd/f6f6/e3e3'), 'light');
  assert.equal(backgroundOf('11;rgb:ff/ff/ff'), 'light');
  assert.equal(backgroundOf('11;rgba:0000/2b2b/3636/ffff'), 'dark');
  for (const nothing of ['c', '10;rgb:ffff/ffff/ffff', '11;#ffffff', '11;rgb:']) {
    assert.equal(backgroundOf(nothing), undefined, nothing);
  }
});

test('NO_COLOR and TERM say how many colours there are', () => {
  assert.equal(paletteOf({ TERM: 'xterm-256color' }), 'many');
  assert.equal(paletteOf({ TERM: 'alacritty', COLORTERM: 'truecolor' }), 'many');
  for (const TERM of ['linux', 'xterm', 'screen', 'vt220', 'rxvt']) {
    assert.equal(paletteOf({ TERM, COLORTERM: 'truecolor' }), 'eight', TERM);
  }
  assert.equal(paletteOf({ TERM: 'xterm-256color', NO_COLOR: '1' }), 'none');
  assert.equal(paletteOf({ TERM: 'xterm-256color', NO_COLOR: '' }), 'many');
});

/** Red, green and blue of xterm's palette from 16 on; those below are the person's own. */
function channelsOf(colour: Colour): number[] {
  assert.ok(colour >= 16, `${colour} may be any colour`);
  if (colour >= 232) return Array.from({ length: 3 }, () => 8 + 10 * (colour - 232));
  const place = colour - 16;
  return [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(
    (level) => LEVELS[level] ?? 0,
  );
}

/** As WCAG 2 counts it. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels
    .map((level) => level / 255)
    .map((level) => (level <= 0.03928 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
