import { useEffect, useRef } from 'react';
import type { RoomList } from '../../chat/room-list.ts';
import type { Actions } from '../actions.ts';
import { route } from '../route.ts';

/** The keys that work everywhere. */
export function useKeys(
  actions: Actions,
  rooms: RoomList,
  isDrawerOpen: boolean,
  closeDrawer: () => void,
): void {
  const pressed = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (doing(event, actions, rooms) || (event.key === 'Escape' && isDrawerOpen)) {
      event.preventDefault();
      if (event.key === 'Escape') closeDrawer();
    }
  };
  const latest = useRef(pressed);
  latest.current = pressed;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** Does what the key is for. False for any other. */
function doing(event: KeyboardEvent, actions: Actions, rooms: RoomList): boolean {
  const { altKey, shiftKey, key, code } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && !altKey && !shiftKey && key.toLowerCase() === 'k') {
    actions.open('palette');
    return true;
  }
  // By its place: with Alt, some keyboards write another character.
  if (altKey && !control && code === 'KeyA') {
    actions.nextUnread();
    return true;
  }
  if (altKey && !control && (key === 'ArrowUp' || key === 'ArrowDown')) {
    step(actions, rooms, key === 'ArrowUp' ? -1 : 1);
    return true;
  }
  if (
    (control && key === '/') ||
    (key === '?' && !control && !altKey && !isWriting(event.target))
  ) {
    actions.open('help');
    return true;
  }
  return false;
}

function step(actions: Actions, rooms: RoomList, by: 1 | -1): void {
  const entries = rooms.get();
  const at = entries.findIndex(({ room }) => room === route.get());
  const to = entries[(at + by + entries.length) % entries.length];
  if (to !== undefined) actions.goTo(to.room);
}

/** Where one writes, `?` is a character. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}
