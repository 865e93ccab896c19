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
      {
        find: /^(?:decode-named-character-reference|micromark-util-html-tag-name)$/,
        replacement: fileURLToPath(new URL('src/web/left-out.ts', import.meta.url)),
      },
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
    rolldownOptions: {
      input: {
        main: fileURLToPath(new URL('src/web/index.html', import.meta.url)),
        sw: fileURLToPath(new URL('src/web/worker/sw.ts', import.meta.url)),
      },
      output: {
        // A worker is known by its address.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  plugins: [budget(), precompress()],
});
