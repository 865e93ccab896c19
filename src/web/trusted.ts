const WORKER = '/worker.js';

/** Only that address is ever turned into a script, and no text into markup: the page forbids both. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** Starts what answers while the server is away, where the browser can. */
export async function registerWorker(): Promise<void> {
  if (navigator.serviceWorker === undefined) return;
  const policy = policies()?.createPolicy('chinwag', { createScriptURL: () => WORKER });
  await navigator.serviceWorker.register(policy?.createScriptURL(WORKER) ?? WORKER);
}

function policies(): Policies | undefined {
  const found: unknown = Reflect.get(globalThis, 'trustedTypes');
  return isPolicies(found) ? found : undefined;
}

function isPolicies(value: unknown): value is Policies {
  return typeof value === 'object' && value !== null && 'createPolicy' in value;
}
