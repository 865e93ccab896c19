/** Rooms on Bun's own server: one topic a room, and its native publish. */
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch(request, server) {
    const room = new URL(request.url).searchParams.get('room');
    if (server.upgrade(request, { data: { room } })) return;
    return new Response('a WebSocket is expected', { status: 426 });
  },
  websocket: {
    idleTimeout: 10,
    sendPings: true,
    open(socket) {
      socket.subscribe(socket.data.room);
      socket.send('welcome');
    },
    message(socket, message) {
      server.publish(socket.data.room, message);
    },
    close(socket) {
      socket.unsubscribe(socket.data.room);
    },
  },
});

console.log(`listening on http://127.0.0.1:${server.port}`);
