import { parseArgs } from 'node:util';
import { ConfigError, configFrom, options } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { startServer } from '../server/server.ts';
import { StartError } from '../server/start-error.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import { boundYoungGeneration } from './young-generation.ts';

/** Hosts rooms until a signal ends it. */
export async function serve(args: string[]): Promise<ExitCode> {
  const given = parse(args);
  if (given === 'help') {
    console.log(help());
    return exitCodes.done;
  }
  const config = readConfig(given);
  boundYoungGeneration();
  const log = createLog(config.jsonLogs, process.stderr);
  const stopped = firstSignal();
  let server: Awaited<ReturnType<typeof startServer>>;
  try {
    server = await startServer(config, { log });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`chinwag serve: ${error.message}`);
    return exitCodes.refused;
  }
  console.log(`chinwag is listening on ${server.url}`);
  console.log(`  open in a browser: ${server.url}`);
  console.log(`  join from a terminal: chinwag join ${server.url}`);
  console.log('  stop with Ctrl-C');
  const signal = await stopped;
  log.info({ signal }, 'stopping: finishing what was begun');
  await server.stop();
  return exitCodes.done;
}

function parse(args: string[]): Record<string, string | undefined> | 'help' {
  const flags = Object.fromEntries(
    Object.values(options).map(({ flag, value }) => [
      flag,
      { type: value === undefined ? 'boolean' : 'string' } as const,
    ]),
  );
  try {
    const { values } = parseArgs({ args, options: { ...flags, help: { type: 'boolean' } } });
    if (values.help === true) return 'help';
    const given = Object.entries(values).map(([flag, value]) => [flag, String(value)] as const);
    return Object.fromEntries(given);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readConfig(given: Record<string, string | undefined>) {
  try {
    return configFrom(given, process.env);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

/** Resolves at the first signal to stop. A second one, of either kind, ends the process at once. */
function firstSignal(): Promise<NodeJS.Signals> {
  const signals = ['SIGTERM', 'SIGINT'] as const;
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const each of signals) process.off(each, stop);
      resolve(signal);
    };
    for (const signal of signals) process.on(signal, stop);
  });
}

function help(): string {
  const lines = Object.values(options).map(({ flag, value, help, byDefault, environment }) => {
    const name = `--${flag}${value === undefined ? '' : ` ${value}`}`;
    const usual = byDefault === '' ? '' : ` (${byDefault})`;
    return `  ${name.padEnd(24)} ${help}${usual}\n${' '.repeat(27)}${environment}`;
  });
  return ['chinwag serve [options]: hosts rooms.', '', ...lines].join('\n');
}
