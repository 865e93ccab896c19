import { randomBytes } from 'node:crypto';

/** Randomness, passed in so that tests can repeat it. */
export interface Random {
  /** An id that nobody has had, as `u_3fGh…`. */
  id(prefix: string): string;
  /** A secret of 192 bits. */
  token(): string;
}

export const systemRandom: Random = {
  id: (prefix) => `${prefix}_${randomBytes(12).toString('base64url')}`,
  token: () => randomBytes(24).toString('base64url'),
};
