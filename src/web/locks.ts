/**
 * Holds a lock that all tabs of this browser share, once it is free, until the signal or the tab's
 * end. Pages that came over plain HTTP have no locks: there nobody holds any.
 */
export function hold(name: string, signal: AbortSignal, onHeld = () => {}): void {
  if (signal.aborted) return;
  const lasting = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const held = navigator.locks?.request(name, { signal }, () => {
    onHeld();
    return lasting;
  });
  // It was no longer wanted before it was free.
  held?.catch(() => {});
}

/** The locks that some tab holds now. */
export async function holders(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name = '' }) => name));
}
