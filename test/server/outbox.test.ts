import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Outbox, Turn } from '../../src/server/outbox.ts';
import { Wheel } from '../../src/server/wheel.ts';
import { FakeClock } from '../support/clock.ts';

const MB = 1_048_576;
const KB = 1_024;

/** A socket whose peer reads only when the test says so. */
class SlowSocket extends Duplex {
  readonly writes: string[] = [];
  #taken: () => void = () => {};

  constructor() {
    super({ readableHighWaterMark: 1, writableHighWaterMark: 1 });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.writes.push(chunk.length < 100 ? chunk.toString() : `${chunk.length} bytes`);
    this.#taken = done;
  }

  /** The peer takes the oldest write that waits. */
  accept(): void {
    const taken = this.#taken;
    this.#taken = () => {};
    taken();
  }
}

/** The kernel takes everything at once. */
class PromptSocket extends SlowSocket {
  override _write(_chunk: Buffer, _: BufferEncoding, done: () => void): void {
    done();
  }
}

test('all that is said in one turn leaves in one write, in order', async () => {
  const { socket, outbox } = open();
  for (const text of ['a', 'b', 'c']) outbox.push(bytes(text));
  assert.deepEqual(socket.writes, []);
  await turn();
  assert.deepEqual(socket.writes, ['abc']);
});

test('what a room brings goes out at once, unless something of its own goes first', async () => {
  const { socket, outbox } = open();
  outbox.share(bytes('1'));
  assert.deepEqual(socket.writes, ['1']);
  socket.accept();
  outbox.push(bytes('2'));
  outbox.share(bytes('3'));
  await turn();
  assert.deepEqual(socket.writes, ['1', '23']);
});

test('2.G5 a reader with more than 1 MB waiting is cut off and gets nothing more', () => {
  const { socket, outbox, cuts } = open();
  for (let n = 0; n < 1_025; n += 1) outbox.share(Buffer.alloc(KB));
  assert.deepEqual(cuts, [], '1 MB may wait');
  outbox.share(Buffer.alloc(KB));
  assert.deepEqual(cuts, [[4408, 'slow']]);
  outbox.share(Buffer.alloc(KB));
  outbox.push(Buffer.alloc(KB));
  outbox.flush();
  assert.equal(socket.writableLength, 1_025 * KB, 'its memory is bounded');
  assert.equal(cuts.length, 1);
});

test('2.G5 a reader that reads is never cut off, however much it gets', () => {
  const { socket, outbox, cuts } = open();
  for (let n = 0; n < 5_000; n += 1) {
    outbox.share(Buffer.alloc(KB));
    socket.accept();
  }
  assert.deepEqual(cuts, []);
});

test('1.6 2.G5 a large answer that was asked for does not count, while it is under way', async () => {
  const { socket, outbox, cuts } = open();
  outbox.push(Buffer.alloc(3 * MB));
  await turn();
  for (let n = 0; n < 1_000; n += 1) outbox.share(Buffer.alloc(KB));
  assert.deepEqual(cuts, []);
  while (socket.writableLength > 0) socket.accept();
  for (let n = 0; n < 1_026; n += 1) outbox.share(Buffer.alloc(KB));
  assert.deepEqual(cuts, [[4408, 'slow']], 'once it is through, 1 MB is the bound again');
});

test('2.G5 a reader that takes nothing for 10 s is cut off, however little waits', () => {
  const { clock, outbox, cuts } = open();
  clock.advance(60_000);
  outbox.share(bytes('a'));
  outbox.share(bytes('b'));
  clock.advance(9_900);
  assert.deepEqual(cuts, [], 'it has been waiting for less than 10 s');
  clock.advance(2_600);
  assert.deepEqual(cuts, [[4408, 'slow']]);
});

test('2.G5 a reader that takes a little in every 10 s stays', () => {
  const { clock, socket, outbox, cuts } = open();
  for (let n = 0; n < 20; n += 1) outbox.share(bytes('a'));
  for (let n = 0; n < 15; n += 1) {
    clock.advance(7_000);
    socket.accept();
  }
  assert.deepEqual(cuts, []);
  clock.advance(15_000);
  assert.deepEqual(cuts, [[4408, 'slow']]);
});

test('2.G5 a reader that has taken everything may be silent as long as it likes', () => {
  const { clock, socket, outbox, cuts } = open();
  outbox.share(bytes('a'));
  socket.accept();
  clock.advance(60_000);
  outbox.share(bytes('b'));
  clock.advance(9_900);
  assert.deepEqual(cuts, []);
  socket.accept();
  outbox.share(bytes('c'));
  clock.advance(9_900);
  assert.deepEqual(cuts, [], 'the time begins anew with what came since');
});

test('2.G5 a reader that takes nothing is cut off though more comes for it all the time', (t) => {
  const { clock, outbox, cuts } = open();
  const looks = t.mock.method(outbox, 'turn');
  for (let n = 0; n < 12; n += 1) {
    outbox.share(bytes('a'));
    clock.advance(1_000);
  }
  assert.deepEqual(cuts, [[4408, 'slow']]);
  assert.equal(looks.mock.callCount(), 4, 'one every 2.5 s');
});

test('nobody looks after a reader to whom nothing waits, or that is gone', (t) => {
  const { clock, socket, outbox } = open();
  const looks = t.mock.method(outbox, 'turn');
  outbox.share(bytes('a'));
  socket.accept();
  clock.advance(60_000);
  assert.equal(looks.mock.callCount(), 1, 'it took this a moment later');
  outbox.share(bytes('b'));
  outbox.close();
  clock.advance(60_000);
  assert.equal(looks.mock.callCount(), 2);
  const prompt = open(new PromptSocket());
  const others = t.mock.method(prompt.outbox, 'turn');
  for (let n = 0; n < 60; n += 1) {
    prompt.outbox.share(bytes('a'));
    prompt.clock.advance(1_000);
  }
  assert.equal(others.mock.callCount(), 0);
});

test('a closed outbox writes nothing more, what was queued neither', async () => {
  const { socket, outbox } = open();
  outbox.push(bytes('a'));
  outbox.close();
  outbox.push(bytes('b'));
  outbox.share(bytes('c'));
  await turn();
  assert.deepEqual(socket.writes, []);
});

test('2.G5 a reader is asked nothing new until it has taken the large answers it asked for', async () => {
  const { socket, outbox, cuts } = open();
  outbox.push(Buffer.alloc(KB));
  assert.equal(outbox.caughtUp(), undefined, 'a little may wait');
  outbox.push(Buffer.alloc(2 * MB));
  let isCaughtUp = false;
  const caughtUp = outbox.caughtUp()?.then(() => {
    isCaughtUp = true;
  });
  assert.ok(caughtUp, 'the answer is too large to go on');
  await turn();
  assert.equal(isCaughtUp, false);
  socket.accept();
  await caughtUp;
  assert.equal(outbox.caughtUp(), undefined);
  assert.deepEqual([socket.listenerCount('drain'), cuts], [0, []]);
});

test('2.G5 what a room says to everyone is no large answer that somebody asked for', async () => {
  const { outbox, cuts } = open();
  for (let n = 0; n < 11; n += 1) outbox.share(Buffer.alloc(100 * KB));
  assert.deepEqual(cuts, []);
  outbox.share(Buffer.alloc(100 * KB));
  assert.deepEqual(cuts, [[4408, 'slow']]);
});

function open(socket = new SlowSocket()) {
  const clock = new FakeClock();
  const wheel = new Wheel(clock, 50);
  const cuts: [code: number, reason: string][] = [];
  const reader = { close: (code: number, _: string, reason: string) => cuts.push([code, reason]) };
  const outbox = new Outbox(socket, new Turn(), wheel, reader);
  return { socket, clock, wheel, outbox, cuts };
}

function bytes(text: string): Buffer {
  return Buffer.from(text);
}
