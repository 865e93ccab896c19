import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { isOriginAllowed } from '../../../src/server/doors/origin.ts';
import { serverFor } from '../../support/server.ts';
import { within } from '../../support/within.ts';

const HOST = 'chat.example.org:8443';
const LISTED = ['https://friends.example', 'http://localhost:3000'];

/** What a browser may say of a page, and whether that page may connect. */
const table: readonly [origin: string | undefined, allowed: boolean][] = [
  [undefined, true],
  ['https://chat.example.org:8443', true],
  ['http://chat.example.org:8443', true],
  ['https://friends.example', true],
  ['http://localhost:3000', true],
  ['https://evil.example', false],
  ['null', false],
  ['', false],
  ['https://chat.example.org', false],
  ['https://chat.example.org:8444', false],
  ['https://chat.example.org.evil.example:8443', false],
  ['https://evilchat.example.org:8443', false],
  ['https://evil.example/chat.example.org:8443', false],
  ['https://chat.example.org:8443@evil.example', false],
  ['https://friends.example.evil.example', false],
  ['https://notfriends.example', false],
  ['https://sub.friends.example', false],
  ['http://friends.example', false],
  ['https://friends.example:8443', false],
  ['http://localhost:3001', false],
  ['file://', false],
  ['chrome-extension://friends.example', false],
];

test('10.3 fault 32: the table of origins', () => {
  for (const [origin, allowed] of table) {
    assert.equal(isOriginAllowed(origin, HOST, LISTED), allowed, `Origin: ${origin}`);
  }
});

test('10.3 fault 32: over the wire, both doors, refused before 101', async (t) => {
  const { url } = await serverFor(t, { origins: LISTED });
  const here = new URL(url);
  const rows: [string | undefined, boolean][] = table.map(([origin, allowed]) => [
    origin?.replaceAll(HOST, here.host),
    allowed,
  ]);
  for (const path of ['/ws', '/classic']) {
    for (const [origin, allowed] of rows) {
      const status = await upgradeAs(`ws://${here.host}${path}`, origin);
      assert.equal(status, allowed ? 101 : 403, `${path} Origin: ${origin}`);
    }
  }
});

/** The HTTP status of an attempt to connect from a page at `origin`. */
async function upgradeAs(url: string, origin: string | undefined): Promise<number> {
  const socket = new WebSocket(url, { headers: origin === undefined ? {} : { Origin: origin } });
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let status = 0;
  socket.on('open', () => {
    status = 101;
    socket.terminate();
  });
  socket.on('error', ({ message }) => {
    status = Number(/^Unexpected server response: (\d+)$/.exec(message)?.[1]);
  });
  socket.on('close', () => resolve());
  await within(closed, 'the socket to be closed');
  return status;
}
