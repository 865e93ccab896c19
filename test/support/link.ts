import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** The way between a client and a server, which a test can interrupt. */
export class Link {
  readonly url: string;
  readonly #sockets: ReadonlySet<Socket>;

  private constructor(url: string, sockets: ReadonlySet<Socket>) {
    this.url = url;
    this.#sockets = sockets;
  }

  static async to(test: TestContext, target: string): Promise<Link> {
    const { hostname, port } = new URL(target);
    const sockets = new Set<Socket>();
    const server = createServer((near) => {
      const far = connect({ host: hostname, port: Number(port) });
      for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => other.destroy());
        socket.pipe(other);
      }
    });
    test.after(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the link has no port');
    return new Link(`http://127.0.0.1:${address.port}`, sockets);
  }

  /** As when a cable is pulled: nothing passes any more, and nobody is told. */
  freeze(): void {
    for (const socket of this.#sockets) socket.unpipe().pause();
  }
}
