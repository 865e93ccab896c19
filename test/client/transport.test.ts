import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocketServer } from 'ws';
import { createClient } from '../../src/client/index.ts';
import { socketUrl } from '../../src/client/transport.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ModelServer } from '../support/model-server.ts';

test('the socket is at /ws, under whatever address people know', () => {
  assert.equal(socketUrl('http://127.0.0.1:2428'), 'ws://127.0.0.1:2428/ws');
  assert.equal(socketUrl('https://chat.example/'), 'wss://chat.example/ws');
  assert.equal(socketUrl('wss://chat.example/team?x=1#y'), 'wss://chat.example/team/ws');
  assert.throws(() => socketUrl('chat.example'), TypeError);
  assert.throws(() => socketUrl('file:///tmp'), TypeError);
});

test('speaks over the platform’s own WebSocket, and comes back over it', async (t) => {
  const server = new ModelServer(new FakeClock());
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws' });
  sockets.on('connection', (socket) => {
    assert.equal(socket.protocol, 'chinwag.v1');
    const line = server.accept(socket);
    socket.on('message', (data) => line.received(data.toString()));
    socket.on('close', () => line.closed());
  });
  await once(sockets, 'listening');
  const address = sockets.address();
  assert.ok(typeof address === 'object' && address !== null);
  const ann = createClient({
    url: `http://127.0.0.1:${address.port}`,
    name: 'ann',
  });
  t.after(() => {
    ann.close();
    sockets.close();
  });

  const room = ann.room('general');
  await room.join();
  assert.equal((await room.send('over the wire').acked).seq, 1);
  server.close(1012);
  assert.equal((await room.send('and again').acked).seq, 2);
  assert.equal(ann.state.get().status, 'online');
});
