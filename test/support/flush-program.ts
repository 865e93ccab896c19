import { Duplex } from 'node:stream';
import { Outbox, Turn } from '../../src/server/outbox.ts';
import { parcelOf } from '../../src/server/rooms/batch.ts';
import { Fanout } from '../../src/server/rooms/fanout.ts';
import { Wheel } from '../../src/server/wheel.ts';
import { FakeClock } from './clock.ts';

/** Prints how many bytes of the heap one member's part of a flush takes, beside the socket's. */

const MEMBERS = 1_000;
const FLUSHES = 200;

class Sink extends Duplex {
  override write(): boolean {
    return true;
  }
}

const clock = new FakeClock();
const wheel = new Wheel(clock, 50);
const fanout = new Fanout(clock);
const turn = new Turn();
for (let n = 0; n < MEMBERS; n += 1) {
  const outbox = new Outbox(new Sink(), turn, wheel, { close() {} });
  const id = `u_${n}`;
  fanout.add({
    isOpen: true,
    deliver: (batch, skip) => outbox.share(batch.bytesFor(id, skip)),
  });
}

/** The first of these compile; what counts is what the last allocate. */
let each = 0;
for (let round = 0; round < 5; round += 1) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < FLUSHES; n += 1) {
    fanout.push(parcelOf({ type: 'presence', room: 'general', memberCount: n }));
    fanout.flush();
  }
  each = (process.memoryUsage().heapUsed - before) / FLUSHES / MEMBERS;
}
console.log(each);
