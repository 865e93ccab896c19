import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { certificateFor } from '../../support/certificate.ts';
import { Peer } from '../../support/peer.ts';
import { serverFor } from '../../support/server.ts';
import { within } from '../../support/within.ts';

test('with a certificate the one port serves https and wss', async (t) => {
  const files = certificateFor(t);
  if (files === undefined) return;
  const { url } = await serverFor(t, { tlsCert: files.cert, tlsKey: files.key });
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/);
  const ca = readFileSync(files.cert);
  const asked = get(`${url}/readyz`, { ca });
  const [response] = await within(once(asked, 'response'), 'an answer by https');
  response.resume();
  assert.equal(response.statusCode, 200);

  const peer = new Peer(new WebSocket(`${url.replace('https', 'wss')}/ws`, { ca }));
  await within(once(peer.socket, 'open'), 'the socket to open');
  assert.equal((await peer.ask({ type: 'hello', name: 'ann' })).type, 'welcome');
  await peer.ask({ type: 'join', room: 'general' });
  await peer.ask({ type: 'send', room: 'general', text: 'in secret' });
  assert.equal((await peer.next('message')).text, 'in secret');
});

test('without the certificate a client trusts nobody at that port', async (t) => {
  const files = certificateFor(t);
  if (files === undefined) return;
  const { url } = await serverFor(t, { tlsCert: files.cert, tlsKey: files.key });
  await assert.rejects(once(get(`${url}/readyz`), 'response'), /self-signed/);
});
