const TOKEN = 'chinwag.token';

/** What makes this browser the same person next time. All tabs share it. */
export const identity = {
  /** Where it lies: other tabs hear of its changes by this key. */
  key: TOKEN,

  get token(): string | undefined {
    return localStorage.getItem(TOKEN) ?? undefined;
  },

  keep(token: string): void {
    if (localStorage.getItem(TOKEN) !== token) localStorage.setItem(TOKEN, token);
  },

  forget(): void {
    localStorage.removeItem(TOKEN);
  },
};
