import { atEnd, isAtEnd, scrolledTo, topOf } from './scroll.ts';
import { sightOf } from './sight.ts';
import { changeHere, here, type State } from './state.ts';

/** Unread messages further back than this are not gone through one by one. */
const FURTHEST = 1_000;
/** The lines of what was read already that stay in sight above the unread. */
const READ_ABOVE = 2;
/** Older messages are asked for when there are fewer screens of them than this. */
const SCREENS_AHEAD = 2;

/** Puts whoever opened a room where they had read to, once that is known and loaded. */
export function landed(state: State): State {
  const room = here(state);
  const { timeline } = state;
  if (!room.landing || timeline.standing !== 'live') return state;
  const unreadAfter = room.unreadAfter ?? timeline.read;
  const known = changeHere(state, { unreadAfter });
  if (!reaches(known)) return known;
  const sight = sightOf(known);
  const unread = sight.find('unread');
  // With nothing unread there is no divider: what comes now is read as it comes.
  if (unread === undefined) {
    return changeHere(known, { landing: false, scroll: atEnd, unreadAfter: undefined });
  }
  const scroll = scrolledTo(unread, sight, sight.layout.bodyRows, READ_ABOVE);
  return changeHere(known, { landing: false, scroll });
}

/** Whoever reads what is dropped, as the oldest of very many is, goes on at the oldest that is left. */
export function anchored(state: State): State {
  const { scroll } = here(state);
  if (scroll.at === 'end') return state;
  const sight = sightOf(state);
  if (sight.find(scroll.key) !== undefined) return state;
  const oldest = Math.min(1, sight.count - 1);
  const putAt = scrolledTo(oldest, sight, sight.layout.bodyRows);
  return changeHere(state, { scroll: putAt, putAt });
}

/** Whether the first unread message is loaded, or as much as anybody would read. */
function reaches(state: State): boolean {
  const { messages, hasOlder } = state.timeline;
  const [oldest] = messages;
  if (!hasOlder || oldest?.state !== 'sent' || messages.length >= FURTHEST) return true;
  return oldest.seq <= (here(state).unreadAfter ?? 0) + 1;
}

/**
 * Whether older messages should be on their way: before one comes to the first that is held. What
 * was dropped is fetched again only when one goes there; it would be dropped again at once.
 */
export function wantsOlder(state: State): boolean {
  const { timeline } = state;
  if (!timeline.hasOlder || timeline.standing !== 'live') return false;
  const room = here(state);
  if (room.landing) return true;
  if (room.scroll === room.putAt) return false;
  const sight = sightOf(state);
  const rows = sight.layout.bodyRows;
  const top = topOf(room.scroll, sight, rows);
  // Each has a line at least: so many need not be measured.
  if (top.index > rows * SCREENS_AHEAD) return false;
  let above = top.line;
  for (let index = top.index - 1; index >= 0; index -= 1) {
    above += sight.height(index);
    if (above >= rows * SCREENS_AHEAD) return false;
  }
  return true;
}

/** How far this person has read: nothing more while the latest is out of sight. */
export function readNow(state: State): number | undefined {
  const { timeline, layer } = state;
  const room = here(state);
  if (timeline.standing !== 'live' || room.landing) return undefined;
  if (layer.kind === 'reading' || layer.kind === 'naming') return undefined;
  const sight = sightOf(state);
  if (!isAtEnd(room.scroll, sight, sight.layout.bodyRows)) return undefined;
  return timeline.head > timeline.read ? timeline.head : undefined;
}
