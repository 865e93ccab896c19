/** Why a socket is closed. The number tells the client whether to come back. */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  tooBig: 1009,
  restarting: 1012,
  badFrames: 4400,
  notSignedIn: 4401,
  expelled: 4403,
  timeout: 4408,
  flooding: 4429,
  overloaded: 4503,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

const final: ReadonlySet<number> = new Set([
  closeCodes.badFrames,
  closeCodes.notSignedIn,
  closeCodes.expelled,
]);

/** Whether a client that was closed with `code` should connect again. */
export function mayReconnect(code: number): boolean {
  return !final.has(code);
}
