import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Fails when the SDK has outgrown what a page may spend on it, bundled, minified and gzipped. */
const MOST_BYTES = 12 * 1024;

const built = await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    write: false,
    minify: true,
    rolldownOptions: {
      input: fileURLToPath(new URL('../src/client/index.ts', import.meta.url)),
      // Nobody imports it here, and everything in it counts.
      preserveEntrySignatures: 'strict',
    },
  },
});
const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
const code = chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
const bytes = gzipSync(code).length;
if (code === '' || bytes > MOST_BYTES) {
  console.error(`the SDK is ${bytes} bytes gzipped, and may be ${MOST_BYTES}: take something out`);
  process.exitCode = 1;
}
