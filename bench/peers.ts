import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { DialectName } from './dialects.ts';

/** A server that is measured. `command` ends in a program that says where it listens. */
export type Peer = {
  readonly name: string;
  readonly what: string;
  /** Whether a message is on disk before anyone sees it. */
  readonly durable: boolean;
  readonly rooms: boolean;
  readonly dialect: DialectName;
  /** The heartbeat, such as `5s`, is for the server that is asked to keep to one. */
  readonly command: (dataFolder: string, heartbeat: string) => readonly string[];
  /** Files that have to be there. */
  readonly needs: readonly string[];
};

const folder = import.meta.dirname;
export const buildFolder = join(folder, 'peers', 'build');
const node = process.execPath;
/** As it is installed: its sources, run as they stand, would hold the compiler in memory. */
const chinwag = join(folder, '..', 'dist', 'cli', 'main.js');
const peer = (...path: string[]) => join(folder, 'peers', ...path);

export const peers: readonly Peer[] = [
  {
    name: 'chinwag',
    what: 'this server, each message synced to SQLite first',
    durable: true,
    rooms: true,
    dialect: 'chinwag',
    command: (data, heartbeat) => [
      ...[node, chinwag, 'serve', '--port', '0'],
      ...['--data', data, '--rate-limit', 'off', '--heartbeat', heartbeat],
    ],
    needs: [chinwag],
  },
  {
    name: 'demo-loop',
    what: 'the demo of 2019 in Go: one loop, one write after another',
    durable: false,
    rooms: false,
    dialect: 'demo',
    command: () => [join(buildFolder, 'demo-loop')],
    needs: [join(buildFolder, 'demo-loop')],
  },
  {
    name: 'gorilla-hub',
    what: 'Go, gorilla/websocket: a hub, and a buffered channel for each client; a frame each',
    durable: false,
    rooms: true,
    dialect: 'plain',
    command: () => [join(buildFolder, 'gorilla-hub')],
    needs: [join(buildFolder, 'gorilla-hub')],
  },
  {
    name: 'ws-naive',
    what: 'Node, `ws`: `client.send` to each',
    durable: false,
    rooms: true,
    dialect: 'plain',
    command: () => [node, peer('ws-naive.js')],
    needs: [peer('node_modules', 'ws')],
  },
  {
    name: 'socketio',
    what: 'Node, Socket.IO: `io.to(room).emit`, WebSocket only',
    durable: false,
    rooms: true,
    dialect: 'socketIo',
    command: () => [node, peer('socketio.js')],
    needs: [peer('node_modules', 'socket.io')],
  },
  {
    name: 'bun',
    what: 'Bun: its own `publish`, pings before an idle timeout of 10 s',
    durable: false,
    rooms: true,
    dialect: 'plain',
    command: () => [peer('node_modules', '.bin', 'bun'), peer('bun.js')],
    needs: [peer('node_modules', '.bin', 'bun')],
  },
  {
    name: 'c-ceiling',
    what: 'the ceiling: bare C and epoll, one `send` per member and loop, no heartbeats; messages as long as chinwag’s',
    durable: false,
    rooms: true,
    dialect: 'envelope',
    command: () => [join(buildFolder, 'c-ceiling')],
    needs: [join(buildFolder, 'c-ceiling')],
  },
];

/** What is not there of what a peer needs, or nothing. */
export async function missing(peer: Peer): Promise<string | undefined> {
  for (const file of peer.needs) {
    try {
      await access(file);
    } catch {
      return file;
    }
  }
  return undefined;
}
