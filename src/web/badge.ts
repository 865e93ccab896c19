/** The icons there are for a number of mentions; more than that is "many". */
const COUNTED = 9;
/** What an installed client's own icon says: asking the system is dear. */
let shown = 0;

/**
 * Says in the tab's icon what waits: how often one was named, or with a dot that something is
 * unread. An installed client has the number at its own icon.
 */
export function showBadge(unread: number, mentions: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const address = iconFor(unread, mentions);
  if (icon !== null && icon.getAttribute('href') !== address) icon.setAttribute('href', address);
  const number = mentions > 0 ? mentions : unread;
  if (number === shown || !matchMedia('(display-mode: standalone)').matches) return;
  shown = number;
  // Not every system has a place for it.
  navigator.setAppBadge?.(number).catch(() => {});
}

function iconFor(unread: number, mentions: number): string {
  if (mentions > 0) return `/waiting/${mentions > COUNTED ? 'many' : mentions}.svg`;
  return unread > 0 ? '/waiting/unread.svg' : '/icon.svg';
}
