const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Resolves at the first signal to stop, and at the end of the process that started this one to
 * have it for itself alone. A second signal, of either kind, ends the process at once.
 */
export function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    const stop = (why: string) => {
      for (const each of signals) process.off(each, stop);
      resolve(why);
    };
    for (const signal of signals) process.on(signal, stop);
    process.once('disconnect', () => stop('nobody needs it'));
  });
}

/** The first signal to stop, and a second one that does not wait. Each says what it was. */
export type TwoSignals = {
  readonly first: AbortSignal;
  readonly second: AbortSignal;
  end(): void;
};

export function twoSignals(): TwoSignals {
  const [first, second] = [new AbortController(), new AbortController()];
  const stop = (signal: NodeJS.Signals) => {
    (first.signal.aborted ? second : first).abort(`stopped by ${signal}`);
  };
  for (const signal of signals) process.on(signal, stop);
  return {
    first: first.signal,
    second: second.signal,
    end() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
