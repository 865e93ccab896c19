import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { hue } from '../chat/hue.ts';
import { strip } from '../chat/strip.ts';
import type { SentMessage } from '../client/index.ts';

type Said = Pick<SentMessage, 'at' | 'from' | 'text'>;

const COLOURS = ['cyan', 'green', 'magenta', 'yellow', 'blue', 'red'] as const;
/** What a terminal would obey, and could be written inside a string of JSON as it is. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** `12:01 ann: hello`, with further lines of the text indented under the first. */
export function lineOf({ at, from, text }: Said, name = strip(from.name)): string {
  const time = new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `${time} ${name}: ${strip(text).replaceAll('\n', '\n      ')}`;
}

/** A person's name in its own colour, where `output` is a terminal that wants colours. */
export function coloured(name: string, output: WriteStream): string {
  const colour = COLOURS[Math.floor((hue(name) * COLOURS.length) / 360)] ?? COLOURS[0];
  return styleText(colour, strip(name), { stream: output });
}

/** The value as JSON in one line that means the same and commands no terminal. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(OBEYED, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
