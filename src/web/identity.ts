import { kept } from './kept.ts';

const TOKEN = 'chinwag.token';

/** What makes this browser the same person next time. All tabs share it. */
export const identity = {
  /** Where it lies: other tabs hear of its changes by this key. */
  key: TOKEN,

  get token(): string | undefined {
    return kept.get(TOKEN);
  },

  keep(token: string): void {
    if (kept.get(TOKEN) !== token) kept.set(TOKEN, token);
  },

  forget(): void {
    kept.remove(TOKEN);
  },
};
