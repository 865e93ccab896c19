/** What a script reads when a command has ended. */
export const exitCodes = { done: 0, refused: 1, usage: 2, unreachable: 3, notAllowed: 4 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command line makes no sense. The message says what would. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
