import type { Mentioned } from './mention.ts';

/** What a room may be called: its name is its key. */
export const roomNamePattern = '^[a-z0-9][a-z0-9._-]{0,63}$';

const ROOM = /(?<![\p{L}\p{N}_#&/@])#([\p{L}\p{N}_.-]+)/gu;
const ROOM_NAME = new RegExp(roomNamePattern);

/** Every room that `text` names as `#room`. Digits alone are a number of something else. */
export function mentionedRooms(text: string): Mentioned[] {
  return [...text.matchAll(ROOM)].flatMap(({ 1: said = '', index }) => {
    const name = said.replace(/[._-]+$/, '');
    if (!ROOM_NAME.test(name) || !/[a-z]/.test(name)) return [];
    return [{ start: index, end: index + 1 + name.length, name }];
  });
}
