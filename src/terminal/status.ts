import { typing } from '../chat/format.ts';
import { strip } from '../chat/strip.ts';
import type { Timeline } from '../client/index.ts';
import { hasRoomsPane } from './layout.ts';
import type { Line, Span } from './line.ts';
import { shorten, span, spread } from './line-of.ts';
import { newBelow } from './new-below.ts';
import type { State } from './state.ts';
import { widthOf } from './width.ts';

/** Where the connection stands, what is going on, and where help is. */
export function statusLine(state: State): Line {
  const { size } = state;
  const connection = connectionSpan(state);
  const right = rightSpans(state);
  const taken = [connection, ...right].reduce((sum, { text }) => sum + widthOf(text), 0);
  const left = Math.max(0, size.columns - taken - 2);
  const middle = goingOn(state, left);
  return spread([connection, span('  '), middle], right, size.columns);
}

function connectionSpan({ connection, layer, look, now, size, server }: State): Span {
  const { theme } = look;
  if (layer.kind === 'naming') return span(' ◌ not signed in', theme.warning);
  const isNarrow = size.columns < 60;
  switch (connection.status) {
    case 'connecting':
      return span(isNarrow ? ' ◌ connecting' : ` ◌ connecting to ${hostOf(server)}`, theme.warning);
    case 'online':
      return span(` ● ${Math.round(connection.roundTripMs)} ms`, theme.success);
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1_000));
      const when = seconds === 0 ? 'now' : `in ${seconds} s`;
      return span(isNarrow ? ` ○ away, ${when}` : ` ○ offline, trying again ${when}`, theme.error);
    }
    case 'closed':
      return span(' ✗ signed out', theme.error);
  }
}

function hostOf(server: string): string {
  return URL.parse(server)?.host ?? server;
}

/** One thing at a time, the most pressing first. */
function goingOn(state: State, width: number): Span {
  const { said, layer, timeline, look, connection } = state;
  const { theme } = look;
  if (said !== undefined && fits(state, said.text)) {
    return span(said.text, said.isBad ? theme.error : theme.warning);
  }
  if (layer.kind === 'searching') {
    const { hits, at, field } = layer;
    const found = field.editor.text.trim() === '' ? 'type what to look for' : 'nothing found';
    const text = hits.length === 0 ? found : `${at + 1} of ${hits.length}`;
    return span(shorten(`${text} · Enter before, Tab stays, Esc back`, width), theme.warning);
  }
  if (layer.kind === 'choosing') {
    return span(
      shorten('↑↓ choose · Enter answers · t retries · d discards · Esc', width),
      theme.warning,
    );
  }
  if (layer.kind === 'finding')
    return span(shorten('↑↓ choose · Enter goes · Esc', width), theme.warning);
  if (layer.kind === 'naming')
    return span(shorten('Enter comes in · Esc leaves', width), theme.warning);
  if (connection.status === 'closed')
    return span(shorten(strip(connection.why.message), width), theme.error);
  if (timeline.standing === 'refused') {
    return span(
      shorten(strip(timeline.why?.message ?? 'this room is closed to you'), width),
      theme.error,
    );
  }
  const people = timeline.typing.map(({ name }) => strip(name));
  if (people.length > 0) return span(shorten(`${typing(people)}…`, width), theme.status);
  if (timeline.standing === 'joining' && connection.status === 'online') {
    return span(shorten('catching up…', width), theme.warning);
  }
  if (timeline.standing === 'out' && connection.status === 'online') {
    return span(shorten('you are not in this room', width), theme.warning);
  }
  return span('');
}

function rightSpans(state: State): Span[] {
  const { timeline, look, entries } = state;
  const { theme } = look;
  const { failed, pending } = unsent(timeline);
  const below = newBelow(state);
  const others = entries.filter(({ room }) => room !== timeline.room);
  const calling = others.find(({ mentions }) => mentions > 0);
  // Where there is no list of rooms, this is all there is to see of them.
  const waiting = hasRoomsPane(state) ? undefined : others.find(({ unread }) => unread > 0);
  return [
    ...(below > 0 ? [span(`${below >= 1_000 ? '1000+' : below} new ↓  `, theme.unread)] : []),
    ...(calling === undefined
      ? []
      : [span(`@${shorten(strip(calling.room), 12)}  `, theme.mention)]),
    ...(calling !== undefined || waiting === undefined
      ? []
      : [span(`#${shorten(strip(waiting.room), 12)}  `, theme.unread)]),
    ...(failed > 0 ? [span(`${failed} not sent  `, theme.error)] : []),
    ...(pending > 0 ? [span(`${pending} unsent  `, theme.pending)] : []),
    span('F1 help ', theme.dim),
  ];
}

/** How many own messages are not sent: they are the last of a timeline. */
function unsent({ messages }: Timeline): { readonly failed: number; readonly pending: number } {
  const from = messages.findLastIndex(({ state }) => state === 'sent') + 1;
  const own = messages.slice(from);
  const failed = own.filter(({ state }) => state === 'failed').length;
  return { failed, pending: own.length - failed };
}

/** What is too long for the status line is said above it. */
export function saidAbove(state: State): string | undefined {
  const { said } = state;
  return said === undefined || fits(state, said.text) ? undefined : said.text;
}

function fits(state: State, text: string): boolean {
  const around = widthOf(connectionSpan(state).text) + 2;
  const right = rightSpans(state).reduce((sum, { text }) => sum + widthOf(text), 0);
  return widthOf(text) <= state.size.columns - around - right;
}
