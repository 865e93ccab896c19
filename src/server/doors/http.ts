import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { limits } from '../../protocol/index.ts';
import { protective } from './headers.ts';
import { isOriginAllowed } from './origin.ts';
import type { WebDoor } from './web.ts';

export type Tls = { readonly cert: Buffer; readonly key: Buffer };

/** A request to upgrade, once its path and origin are known to be right. */
export type Upgrade = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  query: URLSearchParams,
) => void;

export type HttpDoor = {
  /** The doors behind an upgrade, by path. */
  readonly upgrades: ReadonlyMap<string, Upgrade>;
  readonly origins: readonly string[];
  readonly tls: Tls | undefined;
  /** Undefined while people can talk here, else the reason why not. */
  readonly whyNotReady: () => Promise<string | undefined>;
  readonly isDraining: () => boolean;
  readonly web: WebDoor;
};

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
const CHECK_EVERY_MS = 1_000;
const REBUILT = 'the browser client was built anew under this server; start it again';
const NOT_BUILT =
  'This is a chinwag server, without its browser client: run "npm run build" and start it again.\n' +
  'From a terminal, come in with: chinwag join URL';

/** The one port: what HTTP asks, and the way to the doors behind it. */
export function createHttpDoor(door: HttpDoor): Server {
  const options = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
    handshakeTimeout: HEADERS_TIMEOUT_MS,
    // Other upgrades are offered by clients that can do without: they get a plain answer.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) =>
      headers.upgrade?.toLowerCase() === 'websocket',
  };
  const server =
    door.tls === undefined
      ? createHttpServer(options)
      : createHttpsServer({ ...options, ...door.tls });
  server.on('request', (request, response) => answer(door, request, response));
  server.on('upgrade', (request, socket, head) => upgrade(door, request, socket, head));
  return server;
}

function answer(door: HttpDoor, request: IncomingMessage, response: ServerResponse): void {
  if (Number(request.headers['content-length'] ?? 0) > limits.frameBytes) {
    response.setHeader('Connection', 'close');
    reply(response, 413, `a body may have ${limits.frameBytes} bytes at the most`);
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    reply(response, 405, 'only GET is answered here');
  } else {
    get(door, request, response);
  }
}

function get(door: HttpDoor, request: IncomingMessage, response: ServerResponse): void {
  const path = pathOf(request)?.pathname ?? '';
  switch (path) {
    case '/healthz':
      reply(response, 200, 'ok');
      break;
    case '/readyz':
      void door.whyNotReady().then((why) => reply(response, why ? 503 : 200, why ?? 'ready'));
      break;
    case '/ws':
    case '/classic':
      response.setHeader('Upgrade', 'websocket');
      reply(response, 426, 'this is a WebSocket address; connect to it as one');
      break;
    default:
      page(door.web, path, request, response).catch(() => reply(response, 503, REBUILT));
  }
}

async function page(
  web: WebDoor,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await web.answer(path, request.headers);
  if (answer !== undefined) {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  } else if (path === '/' && !web.isBuilt) {
    reply(response, 200, NOT_BUILT);
  } else {
    reply(response, 404, 'there is nothing here');
  }
}

function reply(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    ...protective,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

/** Refusals come before 101, so that nothing of a stranger's page ever speaks here. */
function upgrade(door: HttpDoor, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const url = pathOf(request);
  const enter = url === null ? undefined : door.upgrades.get(url.pathname);
  const { origin, host } = request.headers;
  if (url === null || enter === undefined) {
    refuse(socket, '404 Not Found', 'no door here; the WebSocket is at /ws');
  } else if (!isOriginAllowed(origin, host, door.origins)) {
    refuse(socket, '403 Forbidden', `pages of ${origin} may not connect; see --origins`);
  } else if (door.isDraining()) {
    refuse(socket, '503 Service Unavailable', 'the server is stopping; try again in a moment');
  } else {
    enter(request, socket, head, url.searchParams);
  }
}

function refuse(socket: Duplex, status: string, text: string): void {
  socket.on('error', () => {});
  // Without this a peer that never closes its own side would keep its descriptor for ever.
  socket.on('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${text}\n`,
  );
}

function pathOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? '/', 'http://any');
}
