import type { Store } from '../client/index.ts';
import { roomNamePattern } from '../protocol/room-name.ts';
import { Cell } from './cell.ts';

const PREFIX = '/room/';
const FIRST_ROOM = 'general';
const room = new Cell(roomOf(location.pathname) ?? FIRST_ROOM);

/** The room that the address names. */
export const route: Store<string> = room;

export function go(to: string): void {
  if (roomOf(location.pathname) !== to) history.pushState(null, '', `${PREFIX}${to}`);
  room.set(to);
}

export function followHistory(): void {
  addEventListener('popstate', () => room.set(roomOf(location.pathname) ?? FIRST_ROOM));
}

function roomOf(path: string): string | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const name = path.slice(PREFIX.length);
  return new RegExp(roomNamePattern).test(name) ? name : undefined;
}
