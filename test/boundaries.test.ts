import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { test } from 'node:test';
import { type Import, importsIn, sources } from './support/imports.ts';

/** What each part of the house may import of the others. */
const parts: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  client: ['protocol'],
  chat: ['client', 'protocol'],
  terminal: ['chat', 'client', 'protocol'],
  web: ['chat', 'client', 'protocol'],
  server: ['protocol'],
  load: [],
  cli: ['terminal', 'web', 'chat', 'client', 'server', 'protocol', 'load'],
};

/** What only the wiring chooses. */
const implementations = ['src/server/storage/sqlite/sqlite.ts', 'src/server/bus/local.ts'];
const wiring = 'src/server/server.ts';

/** What knows people and rooms, and no way in. */
const inner = /^src\/server\/(?:hub\.ts|session\.ts|commands\.ts|rooms\/)/;
const sockets = /^(?:ws|node:(?:net|tls|http|https|http2|dgram|stream))$/;

/** Packages that more than one file may need, and which files those are. */
const places: Readonly<Record<string, RegExp>> = {
  typebox: /^src\/protocol\/(?:commands|events|replies)\.ts$/,
  'typebox/schema': /^src\/(?:protocol\/codec|server\/doors\/classic-frame)\.ts$/,
  react: /^src\/web\//,
  ws: /^src\/server\/doors\/(?:websocket|classic)\.ts$/,
};

type Rule = { readonly promise: string; readonly broken: (imports: readonly Import[]) => string[] };

const rules: readonly Rule[] = [
  {
    promise: 'imports between the parts of the house go one way',
    broken: (imports) => imports.filter((one) => !isAllowed(one)).map(show),
  },
  {
    promise: 'only server.ts chooses the storage and the bus',
    broken: (imports) =>
      imports.filter(({ from, to }) => implementations.includes(to) && from !== wiring).map(show),
  },
  {
    promise: 'the hub, sessions, commands and rooms know no door and no socket',
    broken: (imports) =>
      imports
        .filter(({ from }) => inner.test(from))
        .filter(({ to }) => to.startsWith('src/server/doors/') || sockets.test(to))
        .map(show),
  },
  {
    promise: 'each outside package is imported by value in one place',
    broken: (imports) => {
      const byPackage = Map.groupBy(imports.filter(isOutside), ({ to }) => to);
      return [...byPackage].flatMap(([name, users]) => {
        const place = places[name];
        const files = new Set(users.map(({ from }) => from));
        if (place === undefined) return files.size > 1 ? users.map(show) : [];
        return users.filter(({ from }) => !place.test(from)).map(show);
      });
    },
  },
];

for (const { promise, broken } of rules) {
  test(promise, () => assert.deepEqual(broken(importsIn(sources())), []));
}

test('each rule notices what breaks it', () => {
  const breaks: readonly [file: string, source: string, rule: number][] = [
    ['src/protocol/codec.ts', "import { Hub } from '../server/hub.ts';", 0],
    ['src/client/client.ts', "import type { Hub } from '../server/hub.ts';", 0],
    ['src/chat/chat.ts', "export * from '../web/app.tsx';", 0],
    ['src/terminal/screen.ts', "const web = await import('../web/app.tsx');", 0],
    ['src/web/app.tsx', "import {\n  a,\n  b,\n} from '../terminal/screen.ts';", 0],
    ['src/server/hub.ts', "import '../client/client.ts';", 0],
    ['src/server/hub.ts', "import type { A } from '../cli/run.ts';", 0],
    ['src/attic/new.ts', "import { a } from '../protocol/index.ts';", 0],
    ['src/server/hub.ts', "import { LocalBus } from './bus/local.ts';", 1],
    ['src/cli/serve.ts', "import { S } from '../server/storage/sqlite/sqlite.ts';", 1],
    ['src/server/session.ts', "import type { WebSocket } from 'ws';", 2],
    ['src/server/rooms/room.ts', "import type { Duplex } from 'node:stream';", 2],
    ['src/server/commands.ts', "import { isOriginAllowed } from './doors/origin.ts';", 2],
    ['src/server/hub.ts', "import { pino } from 'pino';", 3],
    ['src/server/outbox.ts', "import { type RawData, WebSocket } from 'ws';", 3],
    ['src/client/client.ts', "import Type from 'typebox';", 3],
    ['src/server/doors/http.ts', "import { Compile } from 'typebox/schema';", 3],
  ];
  for (const [file, source, n] of breaks) {
    const files = new Map([...sources(), [file, source]]);
    const noticed = rules.map(({ broken }) => broken(importsIn(files)).length > 0);
    assert.equal(noticed[n], true, `${file}: ${source}`);
  }
});

test('types of outside packages may be named anywhere', () => {
  const files = new Map([
    ...sources(),
    ['src/server/about.ts', "import type { Logger } from 'pino';"],
    ['src/server/outbox.ts', "import { type RawData, type WebSocket } from 'ws';"],
  ]);
  assert.deepEqual(rules[3]?.broken(importsIn(files)), []);
});

test('the imports are really read', () => {
  const imports = importsIn(sources());
  const has = (from: string, to: string, isType: boolean) =>
    imports.some((one) => one.from === from && one.to === to && one.isType === isType);
  assert.ok(has(wiring, 'src/server/storage/sqlite/sqlite.ts', false));
  assert.ok(has('src/server/doors/websocket.ts', 'ws', false));
  assert.ok(has('src/server/doors/bytes.ts', 'ws', true));
  assert.ok(has('src/cli/commands.ts', 'src/cli/serve.ts', false));
  assert.ok(has('src/protocol/index.ts', 'src/protocol/events.ts', true));
});

/** Within one part everything may be imported; a file that is in no part may import nothing. */
function isAllowed({ from, to }: Import): boolean {
  if (!to.startsWith('src/')) return true;
  const [own, other] = [partOf(from), partOf(to)];
  return parts[own] !== undefined && (own === other || parts[own].includes(other));
}

function partOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function isOutside({ to, isType }: Import): boolean {
  return !isType && !isBuiltin(to) && !to.startsWith('src/') && !to.endsWith('package.json');
}

function show({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
