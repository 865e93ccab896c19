/** What a generator found out. */
export type Outcome = {
  readonly values: Readonly<Record<string, number>>;
  readonly generatorCpu: number;
  /** Why the run is void; empty when it is good. */
  readonly wrong: readonly string[];
};

/** One run of one workload on one peer. */
export type Measurement = Outcome & {
  readonly workload: string;
  readonly peer: string;
  readonly repeat: number;
  /** When it began, as an ISO time in UTC, and on what commit. */
  readonly begun: string;
  readonly commit: string;
};

/** What was left out, and why. */
type Skip = { readonly workload: string; readonly peer: string; readonly why: string };

/** Everything that one benchmark found out, and on what. */
export type Findings = {
  readonly machine: string;
  readonly versions: string;
  readonly commit: string;
  readonly command: string;
  readonly date: string;
  readonly repeats: number;
  readonly measurements: Measurement[];
  readonly skips: Skip[];
};

export type Spread = { readonly median: number; readonly min: number; readonly max: number };

/** Whether these runs of a peer are enough to know that it cannot do this: more would only take time. */
export function isBeaten(runs: readonly Measurement[]): boolean {
  const [first, second] = runs;
  if (first === undefined) return false;
  // It could not even take everybody in, which takes minutes to find out again.
  if (Object.keys(first.values).length === 0) return true;
  return second !== undefined && goodOf([first, second]).length === 0;
}

/** Those that count: of a void run no number goes anywhere. */
export function goodOf(runs: readonly Measurement[]): readonly Measurement[] {
  return runs.filter(({ wrong }) => wrong.length === 0);
}

/** The middle of the values, the mean of the two middle ones of an even number; none of none. */
export function spread(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    return undefined;
  }
  return { median: (low + high) / 2, min, max };
}
