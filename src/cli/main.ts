#!/usr/bin/env node
// The one entry. It must load on any Node, so it imports the rest only when that can run.

const NEEDED = 24;
const [major = '0'] = process.versions.node.split('.');

if (Number(major) < NEEDED) {
  process.stderr.write(
    `chinwag needs Node ${NEEDED} or newer and this is ${process.version}; install a newer one from https://nodejs.org, or run it with: npx -p node@${NEEDED} -p chinwag chinwag\n`,
  );
  process.exitCode = 1;
} else {
  // A second start need not compile again what the first one did; threads take the folder from here.
  const { enableCompileCache } = await import('node:module');
  const { directory } = enableCompileCache();
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2));
  // A socket that is still being opened would hold this up for ten seconds. What is unwritten may.
  setInterval(() => {
    if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
  }, 100).unref();
}

export {};
