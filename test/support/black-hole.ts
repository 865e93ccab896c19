import { connect } from 'node:net';
import type { TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';

/** Listens with the shortest of queues, and never takes anybody out of it. */
const DEAF = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;
/** More than the queue has room for. */
const CALLERS = 8;

/** An address at which a connection is neither taken nor refused. */
export async function blackHole(test: TestContext): Promise<string> {
  const deaf = new Worker(DEAF, { eval: true });
  test.after(() => deaf.terminate());
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  deaf.once('message', resolve);
  deaf.once('error', reject);
  const port = await promise;
  for (let n = 0; n < CALLERS; n += 1) {
    const caller = connect({ host: '127.0.0.1', port });
    caller.on('error', () => {});
    test.after(() => caller.destroy());
  }
  return `http://127.0.0.1:${port}`;
}
