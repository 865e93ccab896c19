/**
 * Whether a browser at `origin` may open a socket here: this server's own pages, and
 * the origins that the operator lists. Programs that are no browser send none.
 */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  listed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  if (url === null) return false;
  return url.host === host || listed.includes(url.origin);
}
