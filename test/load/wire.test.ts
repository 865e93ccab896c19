import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { suite, type TestContext, test } from 'node:test';
import { buildCommand, nativeDial } from '../../bench/wires.ts';
import { type Dial, dial, type WireEvents } from '../../src/load/wire.ts';
import { lacking, programFor } from '../support/tools.ts';

/** More than the kernel takes at once. */
const LARGE = 20_000_000;
/** More than what the sockets in C hand over at once. */
const MANY = 1_200;

suite('Node’s own sockets', () => contract(() => dial));

suite('sockets read in C', () => {
  let made: Dial | undefined;
  contract((t) => {
    made ??= built(t);
    return made;
  });
});

function built(t: TestContext): Dial | undefined {
  if (process.platform !== 'linux' || programFor('gcc') === undefined) {
    lacking(t, 'there is no Linux, or no C compiler');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'chinwag-wires-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'wires.node');
  const command = buildCommand(file);
  if (command === undefined) {
    lacking(t, 'Node came without its headers');
    return undefined;
  }
  const [program = '', ...args] = command;
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return nativeDial(file);
}

/** What every way of dialling keeps to. */
function contract(dialFor: (t: TestContext) => Dial | undefined): void {
  const proof = (name: string, prove: (t: TestContext, by: Dial) => Promise<void>) =>
    test(name, async (t) => {
      const by = dialFor(t);
      if (by !== undefined) await prove(t, by);
    });

  proof(
    'what is written gets there, and what is sent back is heard, whole and in order',
    async (t, by) => {
      const { port, accepted } = await listening(t);
      const ear = new Ear();
      const wire = by(addressOf(port), ear);
      const sent = randomBytes(LARGE);
      for (let at = 0; at < LARGE; at += 100_000) wire.write(sent.subarray(at, at + 100_000));
      const socket = await accepted();
      socket.pipe(socket);
      await ear.heard(LARGE);
      assert.ok(ear.all.equals(sent));
      wire.cut();
      await ear.over;
    },
  );

  proof('a paused wire leaves what comes to the kernel, until it is resumed', async (t, by) => {
    const { port, accepted } = await listening(t);
    const [paused, other] = [new Ear(), new Ear()];
    const wire = by(addressOf(port), paused);
    const socket = await accepted();
    wire.pause();
    const beside = by(addressOf(port), other);
    const mirror = await accepted();
    await new Promise((resolve) => socket.write('now', resolve));
    mirror.write('later');
    await other.heard(5);
    assert.equal(paused.all.length, 0);
    wire.resume();
    await paused.heard(3);
    for (const one of [wire, beside]) one.cut();
    await Promise.all([paused.over, other.over]);
  });

  proof('end lets everything out that was written, and closes', async (t, by) => {
    const { port, accepted } = await listening(t);
    const ear = new Ear();
    const wire = by(addressOf(port), ear);
    const socket = await accepted();
    const sent = randomBytes(LARGE);
    wire.write(sent);
    wire.end();
    assert.ok((await buffer(socket)).equals(sent));
    assert.equal(await ear.over, undefined);
  });

  proof('cut closes at once, and nothing is heard any more', async (t, by) => {
    const { port, accepted } = await listening(t);
    const ear = new Ear();
    const wire = by(addressOf(port), ear);
    const socket = await accepted();
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write('too late');
    wire.cut();
    wire.write('nobody');
    assert.equal(await ear.over, undefined);
    socket.resume();
    await ended;
    assert.equal(ear.all.length, 0);
  });

  proof('who cuts while it listens hears nothing more', async (t, by) => {
    const { port, accepted } = await listening(t);
    const over = Promise.withResolvers<string | undefined>();
    let times = 0;
    const wire = by(addressOf(port), {
      bytes() {
        times += 1;
        wire.cut();
      },
      closed: over.resolve,
    });
    const socket = await accepted();
    socket.write(randomBytes(LARGE));
    assert.equal(await over.promise, undefined);
    assert.equal(times, 1);
  });

  proof('end closes also where the other side says as much as it hears', async (t, by) => {
    const { port, accepted } = await listening(t);
    const ear = new Ear();
    const wire = by(addressOf(port), ear);
    const socket = await accepted();
    socket.pipe(socket);
    wire.write(randomBytes(LARGE));
    wire.end();
    assert.equal(await ear.over, undefined);
  });

  proof('an end that never gets all out says why', async (t, by) => {
    const { port, accepted } = await listening(t);
    const ear = new Ear();
    const wire = by(addressOf(port), ear);
    const socket = await accepted();
    wire.write(randomBytes(LARGE));
    wire.end();
    await new Promise((resolve) => socket.once('readable', resolve));
    socket.resetAndDestroy();
    assert.match(String(await ear.over), /reset|EPIPE|broken/i);
  });

  proof('a wire that the other side closes is closed, with all that came before', async (t, by) => {
    const { port, accepted } = await listening(t);
    const ear = new Ear();
    by(addressOf(port), ear);
    const socket = await accepted();
    socket.end('goodbye');
    assert.equal(await ear.over, undefined);
    assert.equal(String(ear.all), 'goodbye');
  });

  proof('a wire that breaks says why', async (t, by) => {
    const { port, accepted } = await listening(t);
    const ear = new Ear();
    by(addressOf(port), ear);
    const socket = await accepted();
    socket.resetAndDestroy();
    assert.match(String(await ear.over), /reset/i);
  });

  proof('where nobody listens, it says so', async (t, by) => {
    const { port, stop } = await listening(t);
    await stop();
    const ear = new Ear();
    by(addressOf(port), ear).write('hello');
    assert.match(String(await ear.over), /refused/i);
  });

  proof(`${MANY} wires at once each hear their own, to the end`, async (t, by) => {
    const { port, server, came } = await listening(t);
    server.on('connection', (socket) => socket.pipe(socket));
    const pairs = Array.from({ length: MANY }, () => {
      const ear = new Ear();
      return { ear, wire: by(addressOf(port), ear), text: randomBytes(1_000) };
    });
    for (const { wire, text } of pairs) wire.write(text);
    for (const { ear, text } of pairs) {
      await ear.heard(text.length);
      assert.ok(ear.all.equals(text));
    }
    for (const socket of came) socket.end('goodbye');
    for (const { ear } of pairs) {
      assert.equal(await ear.over, undefined);
      assert.equal(String(ear.all.subarray(-7)), 'goodbye');
    }
  });
}

function addressOf(port: number) {
  return { host: '127.0.0.1', port, tls: false };
}

async function listening(t: TestContext) {
  const server = net.createServer();
  const came: net.Socket[] = [];
  server.on('connection', (socket) => came.push(socket.on('error', () => {})));
  server.listen({ port: 0, host: '127.0.0.1', backlog: MANY });
  await once(server, 'listening');
  const stop = () => {
    for (const socket of came) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  t.after(stop);
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  let taken = 0;
  return {
    server,
    came,
    port: address.port,
    stop,
    /** The next connection that was made. */
    async accepted(): Promise<net.Socket> {
      while (came.length <= taken) await once(server, 'connection');
      const socket = came[taken];
      assert.ok(socket);
      taken += 1;
      return socket;
    },
  };
}

/** Keeps what it is told. */
class Ear implements WireEvents {
  readonly #chunks: Buffer[] = [];
  readonly #over = Promise.withResolvers<string | undefined>();
  #length = 0;
  #wanted = { length: 0, there: Promise.withResolvers<void>() };
  #times = 0;

  bytes(chunk: Buffer, from: number, to: number): void {
    assert.equal(this.#times, 0, 'it heard something after it was closed');
    this.#chunks.push(Buffer.from(chunk.subarray(from, to)));
    this.#length += to - from;
    if (this.#length >= this.#wanted.length) this.#wanted.there.resolve();
  }

  closed(why: string | undefined): void {
    this.#times += 1;
    assert.equal(this.#times, 1, 'it was closed twice');
    this.#over.resolve(why);
  }

  get all(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Why it was closed. */
  get over(): Promise<string | undefined> {
    return this.#over.promise;
  }

  heard(length: number): Promise<void> {
    this.#wanted = { length, there: Promise.withResolvers<void>() };
    if (this.#length >= length) this.#wanted.there.resolve();
    return this.#wanted.there.promise;
  }
}
