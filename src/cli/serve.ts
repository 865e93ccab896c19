import { ConfigError, configFrom } from '../server/config.ts';
import { createLog } from '../server/log.ts';
import { startServer } from '../server/server.ts';
import { StartError } from '../server/start-error.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { GivenTo } from './flags.ts';
import { askedToStop } from './signals.ts';
import { boundYoungGeneration } from './young-generation.ts';

/** Hosts rooms until a signal ends it. */
export async function serve({ values }: GivenTo<'serve'>): Promise<ExitCode> {
  const config = readConfig(values);
  boundYoungGeneration();
  const log = createLog(config.jsonLogs, process.stderr);
  const stopped = askedToStop();
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

function readConfig(values: GivenTo<'serve'>['values']) {
  const given = Object.entries(values).map(([flag, value]) => [flag, String(value)] as const);
  try {
    return configFrom(Object.fromEntries(given), process.env);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}
