/** Starts what answers when the server cannot. Where there is none, all else works without it. */
export function startServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Its files are fetched after those that the page waits for.
  addEventListener('load', () => {
    navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' }).catch(() => {});
  });
}
