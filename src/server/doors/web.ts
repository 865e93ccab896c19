import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { extname } from 'node:path';

/** Where the build leaves the browser client: in the package, for the sources as for what is built from them. */
const BUILT = new URL('../../../dist/web/', import.meta.url);

const ROOM = /^\/room\/[a-z0-9][a-z0-9._-]{0,63}$/;
/** Their names change with what is in them. */
const HASHED = /^\/assets\//;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** By preference: the ending of the file beside the plain one, and its name in HTTP. */
const ENCODINGS = [
  ['.br', 'br'],
  ['.gz', 'gzip'],
] as const;

/** A page that may run, load and reach what comes from here, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types chinwag',
].join('; ');

const ALWAYS: OutgoingHttpHeaders = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  Vary: 'Accept-Encoding',
};

export type WebAnswer = {
  readonly status: 200 | 304;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | undefined;
};

/**
 * The files of the browser client. They are listed when the server starts: a request is looked
 * up in that list and never becomes a path, so it cannot lead anywhere else.
 */
export class WebDoor {
  readonly #files: ReadonlySet<string>;
  readonly #folder: URL;
  readonly #read = new Map<string, Promise<Buffer>>();

  constructor(folder: URL = BUILT) {
    this.#folder = folder;
    this.#files = new Set(filesIn(folder));
  }

  get isBuilt(): boolean {
    return this.#files.has('/index.html');
  }

  /** Undefined where there is nothing at this path. */
  async answer(path: string, asked: IncomingHttpHeaders): Promise<WebAnswer | undefined> {
    const file = path === '/' || ROOM.test(path) ? '/index.html' : path;
    const type = TYPES[extname(file)];
    if (type === undefined || !this.#files.has(file)) return undefined;
    const [ending, encoding] = this.#encodingOf(file, asked['accept-encoding']);
    const body = await this.#content(`${file}${ending}`);
    const headers = { ...ALWAYS, ...encoding, 'Content-Type': type, 'Content-Length': body.length };
    if (HASHED.test(file)) {
      const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
      return { status: 200, headers: { ...headers, ...forEver }, body };
    }
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    const checked = { 'Cache-Control': 'no-cache', ETag: etag };
    if (asked['if-none-match']?.split(/,\s*/).includes(etag) !== true) {
      return { status: 200, headers: { ...headers, ...checked }, body };
    }
    return { status: 304, headers: { ...ALWAYS, ...checked }, body: undefined };
  }

  #encodingOf(file: string, accepted = ''): [ending: string, headers: OutgoingHttpHeaders] {
    for (const [ending, name] of ENCODINGS) {
      if (takes(accepted, name) && this.#files.has(`${file}${ending}`)) {
        return [ending, { 'Content-Encoding': name }];
      }
    }
    return ['', {}];
  }

  /** Reads each file once. `name` is one of the list. */
  #content(name: string): Promise<Buffer> {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const reading = readFile(new URL(`.${name}`, this.#folder));
    this.#read.set(name, reading);
    reading.catch(() => this.#read.delete(name));
    return reading;
  }
}

/** What is in the folder, as paths of an address; nothing where there is no such folder. */
function filesIn(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => `/${name.replaceAll('\\', '/')}`);
}

/** Whether a browser that sent this `Accept-Encoding` reads this encoding. */
function takes(accepted: string, encoding: string): boolean {
  return accepted.split(',').some((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
