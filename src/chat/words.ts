import { mentioned } from '../protocol/mention.ts';
import { mentionedRooms } from '../protocol/room-name.ts';
import type { Emoji } from './emoji.ts';
import type { Inline } from './markdown.ts';

/** Text that names nobody: its lines, and the breaks between them. */
export function plain(text: string): Inline[] {
  return lines(text, (line) => (line === '' ? [] : [{ kind: 'text', text: line }]));
}

/** Text as it is outside of code and links. */
export function words(text: string, emoji: Emoji | undefined): Inline[] {
  return lines(text, (line) => named(pictured(line, emoji)));
}

/** Makes something of each line. A single line break is one, too. */
export function lines(text: string, of: (line: string) => Inline[]): Inline[] {
  return text.split('\n').flatMap((line, index) => {
    const made = of(line);
    return index === 0 ? made : [{ kind: 'break' } as const, ...made];
  });
}

function pictured(text: string, emoji: Emoji | undefined): string {
  if (emoji === undefined) return text;
  return text.replace(/(?<![\p{L}\p{N}]):([a-z0-9_+-]{1,40}):/gu, (code, name: string) => {
    return emoji.get(name) ?? code;
  });
}

function named(text: string): Inline[] {
  const found = [
    ...mentioned(text).map((one) => ({ kind: 'mention', ...one }) as const),
    ...mentionedRooms(text).map((one) => ({ kind: 'room', ...one }) as const),
  ].sort((a, b) => a.start - b.start);
  const made: Inline[] = [];
  let at = 0;
  for (const { kind, start, end, name } of found) {
    if (start < at) continue;
    if (start > at) made.push({ kind: 'text', text: text.slice(at, start) });
    made.push({ kind, name });
    at = end;
  }
  if (at < text.length) made.push({ kind: 'text', text: text.slice(at) });
  return made;
}
