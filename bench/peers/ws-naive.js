/** Rooms on `ws` as its own documentation does it: `client.send` to each. */
import { WebSocketServer } from 'ws';

const rooms = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });

server.on('connection', (socket, request) => {
  const name = new URL(request.url, 'http://localhost').searchParams.get('room');
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room);
  room.add(socket);
  socket.isAlive = true;
  socket.on('pong', () => {
    socket.isAlive = true;
  });
  socket.on('error', console.error);
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data, isBinary) => {
    for (const client of room) {
      if (client.readyState === client.OPEN) client.send(data, { binary: isBinary });
    }
  });
  socket.send('welcome');
});

setInterval(() => {
  for (const socket of server.clients) {
    if (!socket.isAlive) {
      socket.terminate();
      continue;
    }
    socket.isAlive = false;
    socket.ping();
  }
}, 5000);

server.on('listening', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
