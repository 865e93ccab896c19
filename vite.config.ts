import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { budget } from './scripts/web/budget.ts';
import { precompress } from './scripts/web/precompress.ts';

const preact = (entry: string) => fileURLToPath(import.meta.resolve(`preact/${entry}`));

/** The browser client: `src/web` to `dist/web`. Nothing is inline, so that the page needs no leave for it. */
export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  resolve: {
    alias: [
      { find: /^react-dom\/client$/, replacement: preact('compat/client') },
      { find: /^react(?:-dom)?$/, replacement: preact('compat') },
      { find: /^react\/jsx-runtime$/, replacement: preact('jsx-runtime') },
    ],
  },
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  plugins: [budget(), precompress()],
});
