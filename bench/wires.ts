import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import type { Dial, Wire, WireEvents } from '../src/load/wire.ts';
import { buildFolder } from './peers.ts';

/** What wires.c exports; each function is described there. */
type Addon = {
  start(bytes: Buffer, table: Int32Array, take: (rows: number) => void): void;
  open(host: string, port: number): number;
  write(id: number, bytes: Uint8Array): void;
  read(id: number, on: boolean): void;
  end(id: number): boolean;
  cut(id: number): void;
};

export const addonFile = join(buildFolder, 'wires.node');

const source = join(import.meta.dirname, 'wires.c');

/** What builds the addon into `file`. Nothing where Node came without its headers. */
export function buildCommand(file = addonFile): readonly string[] | undefined {
  const headers = headersOfNode();
  if (headers === undefined) return undefined;
  const flags = ['-O2', '-Wall', '-Wextra', '-fPIC', '-shared', '-I', headers];
  return ['cc', ...flags, '-o', file, source];
}

/** They come with the npm package of Node, of which each platform has its own part. */
function headersOfNode(): string | undefined {
  const platform = `node-${process.platform}-${process.arch}/package.json`;
  try {
    const node = createRequire(import.meta.url).resolve('node/package.json');
    return join(dirname(createRequire(node).resolve(platform)), 'include', 'node');
  } catch {
    return undefined;
  }
}

const OLD = 'the generator’s sockets are older than wires.c: run npm run bench:setup';
const BYTES = 1_048_576;
const MOST_ROWS = 512;
const COLUMNS = 3;

/**
 * Dials with sockets that are read in C, many with one call: Node's own cost more than the kernel's
 * work for them, and then the generator is slower than a server that it should measure. Nothing
 * where wires.c was not built. To numeric IPv4 addresses alone, and without TLS; once in a process.
 */
export function nativeDial(file = addonFile): Dial | undefined {
  if (!existsSync(file)) return undefined;
  if (statSync(file).mtimeMs < statSync(source).mtimeMs) throw new Error(OLD);
  const addon: { exports: Partial<Addon> } = { exports: {} };
  process.dlopen(addon, file);
  return dialBy(addon.exports);
}

function dialBy({ start, open, write, read, end, cut }: Partial<Addon>): Dial {
  if (!start || !open || !write || !read || !end || !cut) throw new Error(OLD);
  const bytes = Buffer.allocUnsafeSlow(BYTES);
  const table = new Int32Array(COLUMNS * MOST_ROWS);
  const listening: (WireEvents | undefined)[] = [];

  start(bytes, table, (rows) => {
    const readAt = performance.now();
    for (let at = 0; at < rows * COLUMNS; at += COLUMNS) {
      const id = table[at] ?? 0;
      const length = table[at + 1] ?? 0;
      const from = table[at + 2] ?? 0;
      try {
        if (length > 0) listening[id]?.bytes(bytes, from, from + length, readAt);
        else close(id, length < 0 ? getSystemErrorMessage(length) : undefined);
      } catch (error) {
        // The others' rows are told first.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  });

  function close(id: number, why: string | undefined): void {
    const events = listening[id];
    listening[id] = undefined;
    events?.closed(why);
  }

  return ({ host, port, tls }, events) => {
    if (tls) return stillborn(events, 'there is no TLS on these sockets');
    const id = open(host, port);
    if (id < 0) return stillborn(events, getSystemErrorMessage(id));
    listening[id] = events;
    return {
      write: (text) => write(id, typeof text === 'string' ? Buffer.from(text) : text),
      pause: () => read(id, false),
      resume: () => read(id, true),
      end() {
        if (end(id)) queueMicrotask(() => close(id, undefined));
      },
      cut() {
        cut(id);
        if (listening[id] === undefined) return;
        // What was read of it already is not told any more.
        listening[id] = undefined;
        queueMicrotask(() => events.closed(undefined));
      },
    };
  };
}

/** One that could not be dialled. */
function stillborn(events: WireEvents, why: string): Wire {
  queueMicrotask(() => events.closed(why));
  return { write() {}, pause() {}, resume() {}, end() {}, cut() {} };
}
