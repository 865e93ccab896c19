/**
 * Small things that the browser keeps for this site, for all its tabs. Where it refuses, or is
 * full, they last as long as the page: nobody is kept from talking by that.
 */
const page = new Map<string, string>();

export const kept = {
  get(key: string): string | undefined {
    return page.get(key) ?? attempt(() => localStorage.getItem(key)) ?? undefined;
  },

  set(key: string, value: string): void {
    page.delete(key);
    const done = attempt(() => {
      localStorage.setItem(key, value);
      return true;
    });
    if (done !== true) page.set(key, value);
  },

  remove(key: string): void {
    page.delete(key);
    attempt(() => localStorage.removeItem(key));
  },

  keys(): readonly string[] {
    return [...page.keys(), ...(attempt(() => Object.keys(localStorage)) ?? [])];
  },
};

/** Undefined where the browser does not let this page keep anything. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return undefined;
  }
}
