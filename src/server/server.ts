import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { closeCodes } from '../protocol/index.ts';
import { about } from './about.ts';
import { LocalBus } from './bus/local.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { ClassicDoor } from './doors/classic.ts';
import { createHttpDoor, type Tls, type Upgrade } from './doors/http.ts';
import { WebDoor } from './doors/web.ts';
import { WebSocketDoor } from './doors/websocket.ts';
import { Hub } from './hub.ts';
import type { Log } from './log.ts';
import { Turn } from './outbox.ts';
import { People } from './people/people.ts';
import { type Random, systemRandom } from './random.ts';
import { type Rate, RateLimit } from './rate-limit.ts';
import { StartError } from './start-error.ts';
import { SqliteStorage } from './storage/sqlite/sqlite.ts';
import type { Storage } from './storage/storage.ts';
import { Wheel } from './wheel.ts';

/** A peer that is silent for so many heartbeats is dead. */
const MISSED_HEARTBEATS = 3;
/** The room that always exists. */
const FIRST_ROOM = 'general';
/** 1,000 connections at once must not wait for a second try of their SYN. */
const BACKLOG = 4_096;
/** When those who were sent away may come back. */
const COME_BACK_MS = 1_000;
const WHEEL_TICK_MS = 50;
const MOVES_PER_MESSAGE = 10;
/** How long those who were sent away have for their goodbye. */
const GOODBYE_MS = 2_500;
/** What is still being done when the server stops may take this long. */
const DRAIN_MS = 5_000;

/** What tests replace. */
export type ServerTools = {
  readonly log: Log;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly storage?: Storage;
};

/** A server that is up. */
export type Server = {
  /** `http://HOST:PORT`, or `https://…`. */
  readonly url: string;
  /** Lets everything that was begun finish, tells everyone, and stops. */
  stop(): Promise<void>;
};

/** Builds a server and starts it. Throws `StartError` with what to do about it. */
export async function startServer(config: Config, tools: ServerTools): Promise<Server> {
  const { log, clock = systemClock, random = systemRandom } = tools;
  const tls = readTls(config);
  const storage = tools.storage ?? (await SqliteStorage.open(config.data));
  await storage.createRoom({ room: FIRST_ROOM, kind: 'public', title: '', at: clock.wall() });

  const wheel = new Wheel(clock, Math.min(WHEEL_TICK_MS, config.heartbeatMs / 2));
  const hub = new Hub({
    storage,
    bus: new LocalBus(),
    people: new People(storage, clock, random),
    clock,
    random,
    wheel,
    log,
    heartbeat: {
      everyMs: config.heartbeatMs,
      timeoutMs: config.heartbeatMs * MISSED_HEARTBEATS,
    },
    rateLimits: config.rateLimit && rateLimits(config.rateLimit),
    about,
  });

  const turn = new Turn();
  const main = new WebSocketDoor(hub, turn);
  const classic = new ClassicDoor(hub, turn);
  const upgrades = new Map<string, Upgrade>([
    ['/ws', (request, socket, head) => main.upgrade(request, socket, head)],
    ['/classic', (request, socket, head, query) => classic.upgrade(request, socket, head, query)],
  ]);
  const http = createHttpDoor({
    upgrades,
    origins: config.origins,
    tls,
    whyNotReady: () => hub.whyNotReady(),
    isDraining: () => hub.isDraining,
    web: new WebDoor(),
  });
  // Who is in the middle of a TLS handshake is known to nobody else.
  const sockets = new Set<Socket>();
  if (tls !== undefined) {
    http.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
  }
  try {
    await listen(http, config);
  } catch (error) {
    wheel.stop();
    await storage.close();
    throw error;
  }

  return {
    url: urlOf(http, config),
    async stop() {
      const closed = once(http, 'close');
      http.close();
      await hub.drain(COME_BACK_MS, DRAIN_MS);
      hub.closeAll(closeCodes.restarting, 'the server is restarting');
      // Once it is closing, HTTP no longer ends those who never finish their request.
      http.closeAllConnections();
      const callOff = clock.after(GOODBYE_MS, () => {
        for (const socket of sockets) socket.destroy();
      });
      await closed;
      callOff();
      wheel.stop();
      await storage.close();
    },
  };
}

/** People come and go more often than they speak: each client joins all of its rooms at once. */
function rateLimits({ count, windowMs }: Rate) {
  return {
    said: new RateLimit({ count, windowMs }, 'messages'),
    moved: new RateLimit({ count: count * MOVES_PER_MESSAGE, windowMs }, 'joins and leaves'),
  };
}

async function listen(http: HttpServer, { host, port }: Config): Promise<void> {
  http.listen({ host, port, backlog: BACKLOG });
  try {
    await once(http, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `port ${port} on ${host} is taken; stop what listens there, or choose another with --port`,
      );
    }
    if (code === 'EACCES') {
      throw new StartError(`port ${port} is not yours to open; choose one above 1023 with --port`);
    }
    throw new StartError(
      `cannot listen on ${host}: ${String(error)}; choose an address of this machine with --host`,
    );
  }
}

function urlOf(http: HttpServer, { host, tlsCert }: Config): string {
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const scheme = tlsCert === undefined ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function readTls({ tlsCert, tlsKey }: Config): Tls | undefined {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const tls = { cert: readFile('--tls-cert', tlsCert), key: readFile('--tls-key', tlsKey) };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new StartError(
      `--tls-cert ${tlsCert} and --tls-key ${tlsKey} are no pair of PEM files: ${String(error)}`,
    );
  }
  return tls;
}

function readFile(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new StartError(`${option} ${file} cannot be read: ${String(error)}; check the path`);
  }
}
