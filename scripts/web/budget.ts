import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What a browser may have to load, gzipped, in bytes. */
const FIRST_LOAD_JS = 60 * 1024;
const LAZY_JS = 21 * 1024;
const CSS = 12 * 1024;
/** The others come by themselves: the worker after everything else, and the page for when the server is away. */
const PAGE = 'index';

/** Fails the build when the browser client has grown too large. */
export function budget(): Plugin {
  return {
    name: 'budget',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const chunks = files.filter((file) => file.type === 'chunk');
      const first = new Set<string>();
      const load = (name: string): void => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (chunk === undefined || first.has(name)) return;
        first.add(name);
        for (const other of chunk.imports) load(other);
      };
      const page = chunks.filter(({ isEntry, name }) => isEntry && name === PAGE);
      for (const { fileName } of page) load(fileName);

      const over: string[] = [];
      const hold = (what: string, bytes: number, most: number): void => {
        this.info(`${what}: ${bytes} of ${most} bytes`);
        if (bytes > most) over.push(`${what} has ${bytes} bytes gzipped; ${most} are allowed`);
      };
      const firstLoad = chunks.filter(({ fileName }) => first.has(fileName));
      hold('first-load JavaScript', sum(firstLoad.map(({ code }) => zipped(code))), FIRST_LOAD_JS);
      for (const { fileName, code } of chunks) {
        if (!first.has(fileName)) hold(fileName, zipped(code), LAZY_JS);
      }
      const styles = files.filter((file) => file.type === 'asset' && /\.css$/.test(file.fileName));
      hold('CSS', sum(styles.map((file) => ('source' in file ? zipped(file.source) : 0))), CSS);
      if (over.length > 0) this.error(over.join('; '));
    },
  };
}

function zipped(content: string | Uint8Array): number {
  return gzipSync(content).length;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
