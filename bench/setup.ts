import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder } from './peers.ts';
import { buildCommand } from './wires.ts';

/**
 * Builds every peer, and the generator's sockets: `npm run bench:setup`. With
 * `-- --install`, and as root on Debian, it also installs Go. What cannot be built is
 * said, and the benchmark then does without and says so too.
 */
const source = join(import.meta.dirname, 'peers');
const goCode = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' };

function run(command: readonly string[], folder: string, environment = {}): boolean {
  console.log(`$ ${command.join(' ')}`);
  const [program = '', ...args] = command;
  const env = { ...process.env, ...environment };
  const { status, error } = spawnSync(program, args, { cwd: folder, env, stdio: 'inherit' });
  if (status === 0) return true;
  console.error(`not built: ${error?.message ?? `${program} ended with ${status}`}`);
  return false;
}

mkdirSync(buildFolder, { recursive: true });
const results = [];
if (process.argv.includes('--install')) {
  const packages = ['golang-go', 'golang-github-gorilla-websocket-dev'];
  results.push(run(['apt-get', 'install', '-y', '--no-install-recommends', ...packages], source));
}
results.push(run(['npm', 'ci'], source));
const sockets = buildCommand();
if (sockets === undefined) console.error('not built: Node came without its headers');
results.push(sockets !== undefined && run(sockets, source));
const [ceiling, flags] = [join(source, 'c-ceiling'), ['-O2', '-Wall', '-Wextra']];
const output = join(buildFolder, 'c-ceiling');
results.push(run(['cc', ...flags, '-o', output, 'main.c', 'handshake.c'], ceiling));
for (const name of ['demo-loop', 'gorilla-hub']) {
  const command = ['go', 'build', '-o', join(buildFolder, name), '.'];
  results.push(run(command, join(source, name), goCode));
}
process.exitCode = results.every(Boolean) ? 0 : 1;
