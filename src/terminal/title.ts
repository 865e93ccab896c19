import { strip } from '../chat/strip.ts';
import type { Line } from './line.ts';
import { shorten, span, spread } from './line-of.ts';
import type { State } from './state.ts';
import { widthOf } from './width.ts';

/** The first line: which room this is and what it is about, and how many people are there. */
export function titleLine({ timeline, look, size }: State): Line {
  const { theme } = look;
  const { room, title, topic, memberCount } = timeline;
  const count = memberCount === 1 ? '1 person ' : `${memberCount} people `;
  const right = timeline.standing === 'live' ? [span(count, theme.dim)] : [];
  const taken = timeline.standing === 'live' ? count.length + 1 : 0;
  const name = shorten(` #${strip(room)}`, Math.max(4, size.columns - taken));
  const about = [strip(title), strip(topic)].filter((text) => text !== '').join(' · ');
  const left = size.columns - taken - widthOf(name) - 2;
  const topicSpan = about === '' || left < 4 ? [] : [span(`  ${oneLine(about, left)}`, theme.dim)];
  return spread([span(name, theme.title), ...topicSpan], right, size.columns);
}

function oneLine(text: string, width: number): string {
  return shorten(text.replace(/\s+/g, ' '), width);
}
