import { chinwag } from '../load/chinwag.ts';
import { Refused } from '../load/dialect.ts';
import { checkPlan, type LoadPlan, type Pace } from '../load/plan.ts';
import { failures, type LoadResult } from '../load/result.ts';
import { runLoad } from '../load/run.ts';
import { type Target, targetOf } from '../load/target.ts';
import { limitOf, summary } from './bench-report.ts';
import { millisecondsIn } from './duration.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { flags, type GivenTo } from './flags.ts';
import { progressLine } from './progress.ts';

/** Puts a chinwag server under load and checks every delivery; a run with a fault ends with 1. */
export async function bench({ values, words }: GivenTo<'bench'>): Promise<ExitCode> {
  const address = words[0] ?? process.env.CHINWAG_SERVER;
  if (address === undefined || words.length > 1) {
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

type Values = GivenTo<'bench'>['values'];

function planOf(values: Values): LoadPlan {
  const whole = (flag: 'members' | 'senders' | 'rooms' | 'in-flight' | 'size' | 'idle') => {
    const text = values[flag] ?? flags.bench[flag].byDefault;
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
    durationMs: durationOf(values.duration ?? flags.bench.duration.byDefault),
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
  const [, number] = /^(\d{1,7}(?:\.\d+)?)(?:\/s)?$/.exec(values.rate) ?? [];
  if (!(Number(number) > 0)) throw new RangeError('--rate takes messages a second, like 100/s');
  return { kind: 'open', perSecond: Number(number) };
}

function durationOf(text: string): number {
  const milliseconds = millisecondsIn(text) ?? 0;
  if (milliseconds === 0) throw new RangeError('--duration takes a time like 500ms, 30s or 5m');
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
