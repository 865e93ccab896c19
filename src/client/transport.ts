/** What a socket tells its owner, never before it is returned: `opened` at most once, `closed` once and last. */
export interface SocketEvents {
  opened(): void;
  received(text: string): void;
  closed(code: number, reason: string): void;
}

export interface Socket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** Opens a socket. Never throws for a peer that is not there: it says `closed`. */
export type Transport = (url: string, subprotocol: string, on: SocketEvents) => Socket;

/** The platform's own WebSocket: in every browser, and in Node 24. */
export const webSocketTransport: Transport = (url, subprotocol, on) => {
  const socket = new WebSocket(url, subprotocol);
  socket.addEventListener('open', () => on.opened());
  // Text frames only, by the protocol: anything else reads as no frame of ours.
  socket.addEventListener('message', ({ data }) => on.received(String(data)));
  socket.addEventListener('close', ({ code, reason }) => on.closed(code, reason));
  return socket;
};

/** Where the socket of a server is, from the address people know it by. Throws a `TypeError` for no address. */
export function socketUrl(base: string): string {
  const url = new URL(base);
  if (!/^(http|ws)s?:$/.test(url.protocol)) {
    throw new TypeError(`"${base}" is no http, https, ws or wss address`);
  }
  url.protocol = url.protocol.replace('http', 'ws');
  url.pathname = url.pathname.replace(/\/*$/, '/ws');
  url.search = '';
  url.hash = '';
  return url.href;
}
