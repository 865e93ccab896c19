/** What stands in for the page while the server cannot be reached: it goes as soon as it can be. */
const EVERY_MS = 5_000;

async function look(): Promise<void> {
  try {
    const { ok } = await fetch('/healthz', { cache: 'no-store' });
    if (ok) location.reload();
  } catch {
    // Still away: it is asked again soon.
  }
}

setInterval(look, EVERY_MS);
addEventListener('online', look);
document.querySelector('button')?.addEventListener('click', () => location.reload());

export {};
