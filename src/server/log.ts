import { type Logger, pino } from 'pino';

/** What the server says to its operator. Never what people say to each other. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** Lines for people, or JSON for machines, on `out`. */
export function createLog(json: boolean, out: NodeJS.WritableStream): Log {
  const options = { base: null, errorKey: 'error' };
  return json ? pino(options, out) : pino(options, { write: (line) => out.write(readable(line)) });
}

/** `12:00:01 warn  the disk is full  room=general` */
function readable(line: string): string {
  const { level, time, msg, error, ...rest } = JSON.parse(line);
  const details = Object.entries(rest).map(([name, value]) => `  ${name}=${String(value)}`);
  const cause = error === undefined ? '' : `  ${String(error.stack ?? error.message)}`;
  const at = new Date(time).toLocaleTimeString('en-GB');
  return `${at} ${levelName(level).padEnd(5)} ${msg}${details.join('')}${cause}\n`;
}

function levelName(level: number): string {
  if (level >= 50) return 'error';
  return level >= 40 ? 'warn' : 'info';
}
