/** The icons there are for a number of mentions; more than that is "many". */
const COUNTED = 9;

/**
 * Says in the tab's icon what waits: how often one was named, or with a dot that something is
 * unread. An installed client has the number at its own icon.
 */
export function showBadge(unread: number, mentions: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const address = iconFor(unread, mentions);
  if (icon !== null && icon.getAttribute('href') !== address) icon.setAttribute('href', address);
  // Only installed clients have such an icon, and not on every system.
  navigator.setAppBadge?.(mentions > 0 ? mentions : unread).catch(() => {});
}

function iconFor(unread: number, mentions: number): string {
  if (mentions > 0) return `/waiting/${mentions > COUNTED ? 'many' : mentions}.svg`;
  return unread > 0 ? '/waiting/unread.svg' : '/icon.svg';
}
