import { useLayoutEffect } from 'react';

/** What lies over the page where that is too narrow for it. */
export type Drawer = 'rooms' | 'members';

const ENTRANCES = { rooms: '.sidebar [aria-current], .sidebar .browse', members: '.members' };

/** Takes the focus into a drawer that opens, and back to where it was when that closes. */
export function useFocusIn(drawer: Drawer | undefined): void {
  useLayoutEffect(() => {
    if (drawer === undefined) return;
    const before = document.activeElement;
    document.querySelector<HTMLElement>(ENTRANCES[drawer])?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [drawer]);
}
