import assert from 'node:assert/strict';
import { Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { RawPeer, upgradeRequest } from '../support/raw.ts';
import { serverFor } from '../support/server.ts';

for (const [offered, chosen] of [
  [undefined, undefined],
  ['chinwag.v1', 'chinwag.v1'],
  ['soup, chinwag.v1', 'chinwag.v1'],
  ['chinwag.v2', undefined],
] as const) {
  test(`1.1 of the subprotocols ${offered} the server takes ${chosen}, and speaks on`, async (t) => {
    const { url } = await serverFor(t);
    const headers = offered === undefined ? [] : [`Sec-WebSocket-Protocol: ${offered}`];
    const peer = await upgradedWith(t, url, headers);
    const [, named] = /^Sec-WebSocket-Protocol: (.*)\r$/im.exec(peer.received) ?? [];
    assert.equal(named, chosen);
    peer.send({ type: 'hello', name: 'ann' });
    await peer.saw('"welcome"');
  });
}

test('1.2 compression that a client offers is not used', async (t) => {
  const { url } = await serverFor(t);
  const peer = await upgradedWith(t, url, ['Sec-WebSocket-Extensions: permessage-deflate']);
  assert.doesNotMatch(peer.received, /Sec-WebSocket-Extensions/i);
});

test('1.2 1.5 a byte order mark before a frame makes it a bad one', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.open(url);
  peer.socket.send('\ufeff{"type":"heartbeat"}');
  assert.equal((await peer.next('error')).code, 'bad_frame');
});

test('so many may be on their way in at once that the system holds no connection back', async (t) => {
  const listen = t.mock.method(Server.prototype, 'listen');
  await serverFor(t);
  const [call] = listen.mock.calls;
  assert.equal(Object(call?.arguments[0]).backlog, 4_096);
});

/** A peer at the main door that asked for it with these headers too. */
async function upgradedWith(t: TestContext, url: string, headers: string[]) {
  const peer = await RawPeer.connect(t, url);
  const [request] = upgradeRequest('/ws').split('\r\n\r\n');
  peer.socket.write(`${[request, ...headers].join('\r\n')}\r\n\r\n`);
  await peer.saw('\r\n\r\n');
  return peer;
}
