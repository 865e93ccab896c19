import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { roomNamePattern } from '../../protocol/room-name.ts';
import { packingsFor } from './encoding.ts';
import { protective } from './headers.ts';

/** Where the build leaves the browser client: in the package, for the sources as for what is built from them. */
const BUILT = new URL('../../../dist/web/', import.meta.url);

const ROOM = '/room/';
const ROOM_NAME = new RegExp(roomNamePattern);
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

export type WebAnswer = {
  readonly status: 200 | 304 | 308;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | undefined;
};

/** A file as it is sent, and the tag of exactly these bytes. */
type Content = { readonly body: Buffer; readonly etag: string };

/**
 * The files of the browser client. They are listed when the server starts: a request is looked
 * up in that list and never becomes a path, so it cannot lead anywhere else.
 */
export class WebDoor {
  readonly #files: ReadonlySet<string>;
  readonly #folder: string;
  readonly #read = new Map<string, Promise<Content>>();

  constructor(folder: URL = BUILT) {
    this.#folder = fileURLToPath(folder);
    this.#files = new Set(filesIn(this.#folder));
  }

  get isBuilt(): boolean {
    return this.#files.has('/index.html');
  }

  /** Undefined where there is nothing at this path. Rooms have lower-case names, however they are typed. */
  async answer(path: string, asked: IncomingHttpHeaders): Promise<WebAnswer | undefined> {
    const meant = path.toLowerCase();
    if (path !== meant && isRoom(meant) && this.isBuilt) {
      const headers = { ...protective, Location: meant, 'Cache-Control': 'no-cache' };
      return { status: 308, headers: { ...headers, 'Content-Length': 0 }, body: undefined };
    }
    const file = path === '/' || isRoom(path) ? '/index.html' : path;
    const type = TYPES[extname(file)];
    if (type === undefined || !this.#files.has(file)) return undefined;
    const packing = packingsFor(asked['accept-encoding']).find(({ ending }) =>
      this.#files.has(`${file}${ending}`),
    );
    const { body, etag } = await this.#content(`${file}${packing?.ending ?? ''}`);
    const known = {
      ...protective,
      'Cache-Control': HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: etag,
      Vary: 'Accept-Encoding',
    };
    if (isKnown(asked['if-none-match'], etag)) {
      return { status: 304, headers: known, body: undefined };
    }
    const encoding = packing === undefined ? {} : { 'Content-Encoding': packing.name };
    const about = { ...encoding, 'Content-Type': type, 'Content-Length': body.length };
    return { status: 200, headers: { ...known, ...about }, body };
  }

  /** Reads each file once. `name` is one of the list. */
  #content(name: string): Promise<Content> {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const reading = readFile(join(this.#folder, name)).then((body) => {
      const hash = createHash('sha256').update(body).digest('base64url');
      return { body, etag: `"${hash}"` };
    });
    this.#read.set(name, reading);
    reading.catch(() => this.#read.delete(name));
    return reading;
  }
}

function isRoom(path: string): boolean {
  return path.startsWith(ROOM) && ROOM_NAME.test(path.slice(ROOM.length));
}

/** What is in the folder, as paths of an address; nothing where there is no such folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join('/', relative(folder, parentPath), name))
    .map((path) => path.replaceAll('\\', '/'));
}

/** Whether a browser that sent this `If-None-Match` has these bytes. Proxies make tags weak. */
function isKnown(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false;
  const tags = asked.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
