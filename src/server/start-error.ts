/** The server cannot start as it was asked to. The message says why and what to do about it. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
