import { Buffer } from 'node:buffer';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { LocalBus } from '../../src/server/bus/local.ts';
import { WebSocketDoor } from '../../src/server/doors/websocket.ts';
import { Hub } from '../../src/server/hub.ts';
import { Turn } from '../../src/server/outbox.ts';
import { People } from '../../src/server/people/people.ts';
import { systemRandom } from '../../src/server/random.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { Wheel } from '../../src/server/wheel.ts';
import { FakeClock } from './clock.ts';
import { frameOf } from './raw.ts';
import { silentLog } from './server.ts';

const UPGRADE = {
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-key': Buffer.alloc(16).toString('base64'),
  'sec-websocket-version': '13',
};
/** After so many turns of the event loop in which nothing is written, nothing is under way. */
const QUIET_TURNS = 20;

/** What a door wrote. */
export type Written = { readonly writes: number; readonly bytes: number; readonly encodes: number };

/** A peer without a network: it takes everything at once and keeps what it was given. */
export class CountedSocket extends Duplex {
  readonly writes: unknown[] = [];
  bytes = 0;

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.writes.push(chunk);
    this.bytes += chunk.length;
    done();
  }

  /** Hears a command; as text, so that only what the server encodes is counted. */
  say(command: string): void {
    this.push(frameOf(command));
  }
}

/** A main door with all that is behind it, in memory, at which every write is counted. */
export class CountingDoor {
  readonly clock = new FakeClock();
  readonly hub: Hub;
  readonly #door: WebSocketDoor;
  readonly #sockets: CountedSocket[] = [];
  readonly #encode: { readonly mock: { callCount(): number } };

  private constructor(t: TestContext, storage: MemoryStorage) {
    const { clock } = this;
    const wheel = new Wheel(clock, 1_000);
    t.after(() => wheel.stop());
    this.hub = new Hub({
      storage,
      bus: new LocalBus(),
      people: new People(storage, clock, systemRandom),
      clock,
      random: systemRandom,
      wheel,
      log: silentLog,
      heartbeat: { everyMs: 600_000, timeoutMs: 1_800_000 },
      rateLimits: undefined,
      about: { name: 'counted', version: '0' },
    });
    this.#door = new WebSocketDoor(this.hub, new Turn());
    this.#encode = t.mock.method(JSON, 'stringify');
  }

  static async with(t: TestContext, room: string): Promise<CountingDoor> {
    const storage = new MemoryStorage();
    await storage.createRoom({ room, kind: 'public', title: '', at: 0 });
    return new CountingDoor(t, storage);
  }

  open(): CountedSocket {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method: 'GET', url: '/ws', headers: UPGRADE });
    const socket = new CountedSocket();
    this.#sockets.push(socket);
    this.#door.upgrade(request, socket, Buffer.alloc(0));
    return socket;
  }

  get written(): Written {
    let [writes, bytes] = [0, 0];
    for (const socket of this.#sockets) {
      writes += socket.writes.length;
      bytes += socket.bytes;
    }
    return { writes, bytes, encodes: this.#encode.mock.callCount() };
  }

  /** What is written while `act` runs, and after it until nothing is under way any more. */
  async writtenIn(act: () => Promise<void> | void): Promise<Written> {
    const before = this.written;
    await act();
    await this.settled();
    const { writes, bytes, encodes } = this.written;
    return {
      writes: writes - before.writes,
      bytes: bytes - before.bytes,
      encodes: encodes - before.encodes,
    };
  }

  async settled(): Promise<void> {
    let { writes } = this.written;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await turn();
      if (this.written.writes > writes) quiet = 0;
      ({ writes } = this.written);
    }
  }
}
