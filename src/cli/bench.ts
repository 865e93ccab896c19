import { parseArgs } from 'node:util';
import { chinwag } from '../load/chinwag.ts';
import { Refused } from '../load/dialect.ts';
import { checkPlan, type LoadPlan, type Pace } from '../load/plan.ts';
import { failures, type LoadResult } from '../load/result.ts';
import { runLoad } from '../load/run.ts';
import { type Target, targetOf } from '../load/target.ts';
import { limitOf, summary } from './bench-report.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { progressLine } from './progress.ts';

type Option = { readonly value?: string; readonly byDefault?: string; readonly help: string };

const options = {
  members: { value: 'N', byDefault: '100', help: 'members of each room' },
  senders: { value: 'N', byDefault: '10', help: 'how many members of each room also send' },
  rooms: { value: 'N', byDefault: '1', help: 'rooms' },
  'in-flight': {
    value: 'N',
    byDefault: '16',
    help: 'messages each sender has sent and not yet got back; 1 is lockstep',
  },
  rate: {
    value: 'N/s',
    help: 'instead: this many messages a second by all senders together, come what may; latency then counts from when each was due',
  },
  size: { value: 'BYTES', byDefault: '100', help: 'the text of a message, 18 to 4000' },
  idle: { value: 'N', byDefault: '0', help: 'more connections that only sign in and listen' },
  duration: {
    value: 'TIME',
    byDefault: '10s',
    help: 'how long to measure, after 1 s of warming up',
  },
  json: { help: 'print the result as JSON' },
  help: { help: 'print this' },
} as const satisfies Record<string, Option>;

/** Puts a chinwag server under load and checks every delivery; a run with a fault ends with 1. */
export async function bench(args: string[]): Promise<ExitCode> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    console.log(help());
    return exitCodes.done;
  }
  const address = positionals[0] ?? process.env.CHINWAG_SERVER;
  if (address === undefined || positionals.length > 1) {
    throw new UsageError('say which server, once: chinwag bench http://127.0.0.1:2428');
  }
  const target = usable(() => targetOf(address));
  const plan = usable(() => planOf(values));
  const result = await load(target, plan);
  if (typeof result === 'number') return result;
  const broken = failures(result);
  const limit = limitOf(result);
  const json = () =>
    JSON.stringify({ plan, ...result, saturated: limit !== undefined, failures: broken });
  console.log(values.json === true ? json() : summary(plan, result));
  if (limit !== undefined) console.error(`chinwag bench: ${limit}`);
  for (const failure of broken) console.error(`chinwag bench: ${failure}`);
  return broken.length === 0 ? exitCodes.done : exitCodes.refused;
}

async function load(target: Target, plan: LoadPlan): Promise<LoadResult | ExitCode> {
  const progress = progressLine(process.stderr);
  const nonce = Math.floor(Math.random() * 36 ** 7).toString(36);
  try {
    return await runLoad(target, chinwag, plan, nonce, progress.show);
  } catch (error) {
    progress.end();
    if (!(error instanceof Error)) throw error;
    console.error(`chinwag bench: ${error.message}`);
    return error instanceof Refused ? exitCodes.refused : exitCodes.unreachable;
  } finally {
    progress.end();
  }
}

function parse(args: string[]) {
  const flags = Object.entries(options).map(([flag, option]) => {
    return [flag, { type: 'value' in option ? 'string' : 'boolean' }] as const;
  });
  try {
    return parseArgs({ args, options: Object.fromEntries(flags), allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parse>['values'];

function planOf(values: Values): LoadPlan {
  const whole = (flag: 'members' | 'senders' | 'rooms' | 'in-flight' | 'size' | 'idle') => {
    const text = String(values[flag] ?? options[flag].byDefault);
    if (!/^\d{1,7}$/.test(text)) throw new RangeError(`--${flag} takes a number, not "${text}"`);
    return Number(text);
  };
  const plan = {
    rooms: whole('rooms'),
    members: whole('members'),
    senders: whole('senders'),
    pace: paceOf(values, whole('in-flight')),
    size: whole('size'),
    idle: whole('idle'),
    stalled: 0,
    warmupMs: 1_000,
    durationMs: durationOf(String(values.duration ?? options.duration.byDefault)),
    connectMs: 120_000,
    quietMs: 5_000,
  };
  checkPlan(plan);
  return plan;
}

function paceOf(values: Values, inFlight: number): Pace {
  if (values.rate === undefined) return { kind: 'closed', inFlight };
  if (values['in-flight'] !== undefined) {
    throw new RangeError('--rate and --in-flight are two ways to pace; choose one');
  }
  const [, number] = /^(\d{1,7}(?:\.\d+)?)(?:\/s)?$/.exec(String(values.rate)) ?? [];
  if (!(Number(number) > 0)) throw new RangeError('--rate takes messages a second, like 100/s');
  return { kind: 'open', perSecond: Number(number) };
}

function durationOf(text: string): number {
  const [, number, unit] = /^(\d{1,6}(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const milliseconds = Number(number) * (unit === 'ms' ? 1 : unit === 's' ? 1_000 : 60_000);
  if (!(milliseconds > 0)) throw new RangeError('--duration takes a time like 500ms, 30s or 5m');
  return milliseconds;
}

/** What does not make sense in the command line is its author's to mend. */
function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      throw new UsageError(error.message);
    throw error;
  }
}

function help(): string {
  const lines = Object.entries(options).map(([flag, option]) => {
    const name = `--${flag}${'value' in option ? ` ${option.value}` : ''}`;
    const usual = 'byDefault' in option ? ` (${option.byDefault})` : '';
    return `  ${name.padEnd(20)} ${option.help}${usual}`;
  });
  return [
    'chinwag bench URL [options]: measures a chinwag server, which must run with --rate-limit off.',
    'It signs in guests, makes rooms of its own, and checks that every message reaches every member',
    'once and in order. Exit code 1 when one did not.',
    '',
    ...lines,
  ].join('\n');
}
