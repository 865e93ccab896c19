import type { Peer } from './peer.ts';

/** Answers every heartbeat of the server, as a client does. */
export function keepAlive(peer: Peer): void {
  peer.socket.on('message', (data) => {
    if (JSON.parse(String(data)).type === 'heartbeat') peer.send({ type: 'heartbeat' });
  });
}
