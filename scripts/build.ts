import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';

/** Makes `dist` anew: what is published, and what it reads when it runs. */
const root = new URL('..', import.meta.url);

rmSync(new URL('dist', root), { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const file of ['server/people/confusables.txt', 'protocol/schema.json']) {
  cpSync(new URL(`src/${file}`, root), new URL(`dist/${file}`, root));
}
await import('./build-web.ts');
