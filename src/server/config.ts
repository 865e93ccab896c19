import type { Rate } from './rate-limit.ts';

/** Everything that can be set about a server. `options` says what each means. */
export type Config = {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly rateLimit: Rate | undefined;
  readonly heartbeatMs: number;
  readonly origins: readonly string[];
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly jsonLogs: boolean;
};

/** An option was given a value that it cannot take. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

type Option<T> = {
  readonly flag: string;
  readonly environment: string;
  /** What `--help` shows in place of a value; a switch has none. */
  readonly value?: string;
  readonly help: string;
  /** As a person would write it. */
  readonly byDefault: string;
  /** What is allowed, to end the sentence of a refusal. */
  readonly allowed: string;
  /** Undefined for what is not allowed. */
  parse(text: string): { readonly value: T } | undefined;
};

type Options = { readonly [Name in keyof Config]: Option<Config[Name]> };

const DURATION = /^(\d+)(ms|s|m|h)$/;
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const RATE = /^(\d+)\/(\d+(?:ms|s|m|h))$/;

/** Every option in one place: flag, environment, default, check. */
export const options: Options = {
  host: {
    flag: 'host',
    environment: 'CHINWAG_HOST',
    value: 'ADDRESS',
    help: 'where to listen; 0.0.0.0 opens it to the network',
    byDefault: '127.0.0.1',
    allowed: 'an address of this machine',
    parse: (text) => (text === '' ? undefined : { value: text }),
  },
  port: {
    flag: 'port',
    environment: 'CHINWAG_PORT',
    value: 'N',
    help: 'the one port for everything; 0 picks a free one',
    byDefault: '2428',
    allowed: 'a whole number from 0 to 65535',
    parse: (text) => whole(text, 0, 65_535),
  },
  data: {
    flag: 'data',
    environment: 'CHINWAG_DATA',
    value: 'FOLDER',
    help: 'where the rooms are kept',
    byDefault: './chinwag-data',
    allowed: 'a folder',
    parse: (text) => (text === '' ? undefined : { value: text }),
  },
  rateLimit: {
    flag: 'rate-limit',
    environment: 'CHINWAG_RATE_LIMIT',
    value: 'N/TIME',
    help: 'how much one person may send',
    byDefault: '30/10s',
    allowed: 'a count and a time such as 30/10s, or off',
    parse: parseRate,
  },
  heartbeatMs: {
    flag: 'heartbeat',
    environment: 'CHINWAG_HEARTBEAT',
    value: 'TIME',
    help: 'how often to ask for life; who is silent for three of them is gone',
    byDefault: '15s',
    allowed: 'a time from 100ms to 10m, such as 15s',
    parse: (text) => duration(text, 100, 600_000),
  },
  origins: {
    flag: 'origins',
    environment: 'CHINWAG_ORIGINS',
    value: 'URL,…',
    help: 'other web sites whose pages may connect',
    byDefault: '',
    allowed: 'origins such as https://chat.example.org, with commas between',
    parse: parseOrigins,
  },
  tlsCert: {
    flag: 'tls-cert',
    environment: 'CHINWAG_TLS_CERT',
    value: 'FILE',
    help: 'a certificate (PEM), to serve https and wss',
    byDefault: '',
    allowed: 'a file, together with --tls-key',
    parse: (text) => ({ value: text === '' ? undefined : text }),
  },
  tlsKey: {
    flag: 'tls-key',
    environment: 'CHINWAG_TLS_KEY',
    value: 'FILE',
    help: 'the key of the certificate (PEM)',
    byDefault: '',
    allowed: 'a file, together with --tls-cert',
    parse: (text) => ({ value: text === '' ? undefined : text }),
  },
  jsonLogs: {
    flag: 'json-logs',
    environment: 'CHINWAG_JSON_LOGS',
    help: 'log as JSON, a line each',
    byDefault: 'off',
    allowed: 'on or off',
    parse: parseSwitch,
  },
};

/** `given` holds what the command line says, by flag; what it leaves out the environment may say. */
export function configFrom(
  given: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const read = <T>(option: Option<T>): T => {
    const flag = given[option.flag];
    const variable = environment[option.environment];
    const text = flag ?? variable ?? option.byDefault;
    const parsed = option.parse(text);
    if (parsed !== undefined) return parsed.value;
    const source = flag === undefined ? option.environment : `--${option.flag}`;
    throw new ConfigError(`${source} cannot be "${text}"; allowed is ${option.allowed}`);
  };
  const config = {
    host: read(options.host),
    port: read(options.port),
    data: read(options.data),
    rateLimit: read(options.rateLimit),
    heartbeatMs: read(options.heartbeatMs),
    origins: read(options.origins),
    tlsCert: read(options.tlsCert),
    tlsKey: read(options.tlsKey),
    jsonLogs: read(options.jsonLogs),
  };
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    throw new ConfigError('--tls-cert and --tls-key go together; give both or none');
  }
  return config;
}

function whole(text: string, least: number, most: number): { value: number } | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? { value } : undefined;
}

function duration(text: string, leastMs: number, mostMs: number): { value: number } | undefined {
  const match = DURATION.exec(text);
  const unit = match?.[2];
  if (unit !== 'ms' && unit !== 's' && unit !== 'm' && unit !== 'h') return undefined;
  return whole(String(Number(match?.[1]) * UNITS[unit]), leastMs, mostMs);
}

function parseRate(text: string): { value: Rate | undefined } | undefined {
  if (text === 'off') return { value: undefined };
  const match = RATE.exec(text);
  const count = whole(match?.[1] ?? '', 1, 1_000_000);
  const window = duration(match?.[2] ?? '', 1, 86_400_000);
  if (count === undefined || window === undefined) return undefined;
  return { value: { count: count.value, windowMs: window.value } };
}

function parseOrigins(text: string): { value: string[] } | undefined {
  const origins = text.split(',').filter((origin) => origin !== '');
  const urls = origins.map((origin) => URL.parse(origin));
  const value = urls.map((url) => url?.origin ?? 'null');
  return value.includes('null') ? undefined : { value };
}

function parseSwitch(text: string): { value: boolean } | undefined {
  if (text === 'on' || text === 'true' || text === '1') return { value: true };
  return text === 'off' || text === 'false' || text === '0' ? { value: false } : undefined;
}
