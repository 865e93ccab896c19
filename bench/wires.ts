import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import type { Dial, WireEvents } from '../src/load/wire.ts';
import { buildFolder } from './peers.ts';

/** What wires.c exports; each function is described there. */
type Addon = {
  start(bytes: Buffer, table: Int32Array, take: (rows: number) => void): void;
  open(host: string, port: number): number;
  write(id: number, bytes: Uint8Array): void;
  read(id: number, on: boolean): void;
  end(id: number): void;
  cut(id: number): void;
};

export const addonFile = join(buildFolder, 'wires.node');

/** Builds the addon; throws where Node came without its headers. */
export function buildCommand(file = addonFile): readonly string[] {
  const node = createRequire(createRequire(import.meta.url).resolve('node/package.json'));
  const here = node.resolve(`node-${process.platform}-${process.arch}/package.json`);
  const headers = join(dirname(here), 'include', 'node');
  const flags = ['-O2', '-Wall', '-Wextra', '-fPIC', '-shared', '-I', headers];
  return ['cc', ...flags, '-o', file, join(import.meta.dirname, 'wires.c')];
}

const BYTES = 1_048_576;
const MOST_ROWS = 512;
const COLUMNS = 3;

/**
 * Dials with sockets that are read in C, many with one call: Node's own cost more than the kernel's
 * work for them, and then the generator is slower than a server that it should measure. Nothing
 * where wires.c was not built. To numeric IPv4 addresses alone, and without TLS.
 */
export function nativeDial(file = addonFile): Dial | undefined {
  if (!existsSync(file)) return undefined;
  const addon: { exports: Partial<Addon> } = { exports: {} };
  process.dlopen(addon, file);
  return dialBy(addon.exports);
}

function dialBy({ start, open, write, read, end, cut }: Partial<Addon>): Dial {
  if (!start || !open || !write || !read || !end || !cut)
    throw new Error('it is not built from this wires.c: run npm run bench:setup');
  const bytes = Buffer.allocUnsafeSlow(BYTES);
  const table = new Int32Array(COLUMNS * MOST_ROWS);
  const listening: (WireEvents | undefined)[] = [];

  start(bytes, table, (rows) => {
    const readAt = performance.now();
    for (let at = 0; at < rows * COLUMNS; at += COLUMNS) {
      const id = table[at] ?? 0;
      const length = table[at + 1] ?? 0;
      const from = table[at + 2] ?? 0;
      if (length > 0) listening[id]?.bytes(bytes, from, from + length, readAt);
      else close(id, length < 0 ? getSystemErrorMessage(length) : undefined);
    }
  });

  function close(id: number, why: string | undefined): void {
    const events = listening[id];
    listening[id] = undefined;
    events?.closed(why);
  }

  return ({ host, port }, events) => {
    const id = open(host, port);
    if (id < 0) {
      queueMicrotask(() => events.closed(getSystemErrorMessage(id)));
      return { write() {}, pause() {}, resume() {}, end() {}, cut() {} };
    }
    listening[id] = events;
    return {
      write: (text) => write(id, typeof text === 'string' ? Buffer.from(text) : text),
      pause: () => read(id, false),
      resume: () => read(id, true),
      end() {
        end(id);
        queueMicrotask(() => close(id, undefined));
      },
      cut() {
        cut(id);
        queueMicrotask(() => close(id, undefined));
      },
    };
  };
}
