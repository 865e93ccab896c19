import { parseArgs } from 'node:util';

/** What one benchmark is asked to do. */
export type Options = {
  readonly repeats: number;
  /** Names of workloads and of peers; empty for all of both. */
  readonly only: readonly string[];
  /** Whether to write what is measured into the results there are, instead of afresh. */
  readonly keep: boolean;
  readonly quick: boolean;
  readonly report: boolean;
};

const MOST_REPEATS = 99;

/** Throws a `RangeError` or a `TypeError` that says which option does not work. */
export function optionsOf(args: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repeats: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      keep: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  const { keep, quick, report } = values;
  const repeats = Number(values.repeats);
  if (!Number.isInteger(repeats) || repeats < 1 || repeats > MOST_REPEATS) {
    throw new RangeError(`--repeats takes a number from 1 to ${MOST_REPEATS}`);
  }
  const only = values.only === '' ? [] : values.only.split(',');
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`--only: there is no "${unknown}"; there are ${names.join(', ')}`);
  }
  if (keep && quick) throw new RangeError('--quick is too little to keep');
  return { repeats: quick ? 1 : repeats, only, keep, quick, report };
}
