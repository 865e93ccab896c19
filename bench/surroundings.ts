import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { buildFolder } from './peers.ts';
import { addonFile } from './wires.ts';

const filesystems = new Map([
  [0xef53, 'ext4'],
  [0x9123683e, 'btrfs'],
  [0x58465342, 'xfs'],
  [0x01021994, 'tmpfs, which syncs nothing'],
  [0x794c7630, 'overlayfs'],
]);

/** The machine, the programs, the commit and the command: what the numbers hold for. */
export function surroundings() {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const { type } = statfsSync(buildFolder);
  const disk = filesystems.get(type) ?? `filesystem ${type.toString(16)}`;
  return {
    machine: `${os.cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, Linux ${os.release()}, ${disk}`,
    versions: [
      `Node ${process.versions.node}`,
      output('go', 'version').replace(/^go version go(\S+).*/, 'Go $1'),
      ...['ws', 'socket.io', 'bun'].map((name) => `${name} ${packageVersion(name)}`),
      `the generator’s sockets ${existsSync(addonFile) ? 'read in C' : 'Node’s own'}`,
    ].join(', '),
    commit: output('git', 'rev-parse', '--short', 'HEAD') + (isChanged() ? ' and changes' : ''),
    command: [
      'npm run bench',
      ...(process.argv.length > 2 ? ['--'] : []),
      ...process.argv.slice(2),
    ].join(' '),
    date: new Date().toISOString().slice(0, 10),
  };
}

function isChanged(): boolean {
  return output('git', 'status', '--porcelain', '--', 'src', 'bench', ':!bench/results.*') !== '';
}

function packageVersion(name: string): string {
  const file = join(import.meta.dirname, 'peers', 'node_modules', name, 'package.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')).version;
  } catch {
    return 'not installed';
  }
}

function output(program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  } catch {
    return `${program} not there`;
  }
}
