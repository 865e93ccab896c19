import { Histogram } from './histogram.ts';
import { Marker } from './marker.ts';
import type { Member } from './member.ts';
import { OrderCheck } from './order.ts';
import { counterOf, type Stamp, senderOf, timeOf } from './stamp.ts';

/**
 * Everything that is counted, one delivery at a time: nothing here allocates.
 * Order is checked from the first message to the last. Latency is that of the
 * messages due between `open` and `close`, however late they come: leaving out
 * those which were still on their way would flatter a server that stands still.
 */
export class Tally {
  readonly messages: OrderCheck;
  readonly seqs: OrderCheck;
  readonly latency = new Histogram();
  /** In microseconds. */
  lastLatency = 0;
  /** Of the whole run. */
  deliveries = 0;
  misdelivered = 0;
  readonly #stamp: Stamp;
  readonly #seq: Marker | undefined;
  readonly #senders: number;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.POSITIVE_INFINITY;

  constructor(stamp: Stamp, members: number, senders: number, seqBehind: string | undefined) {
    this.#stamp = stamp;
    this.#senders = senders;
    this.#seq = seqBehind === undefined ? undefined : new Marker(seqBehind);
    this.messages = new OrderCheck(members * senders);
    this.seqs = new OrderCheck(members);
  }

  /** Times are in microseconds since the run began, as in the stamps. */
  open(now: number): void {
    this.#from = now;
  }

  close(now: number): void {
    this.#to = now;
  }

  /** Takes a delivery and answers whose it was, or -1 when the frame carries no stamp. */
  take(member: Member, bytes: Buffer, start: number, end: number, now: number): number {
    const fields = this.#stamp.find(bytes, start, end);
    if (fields === -1) return -1;
    const sender = senderOf(bytes, fields);
    this.deliveries += 1;
    const due = timeOf(bytes, fields);
    this.lastLatency = now - due;
    if (due >= this.#from && due < this.#to) this.latency.record(this.lastLatency);
    const local = sender - member.room * this.#senders;
    if (local < 0 || local >= this.#senders) this.misdelivered += 1;
    else this.messages.see(member.index * this.#senders + local, counterOf(bytes, fields));
    if (this.#seq !== undefined) {
      const at = this.#seq.behind(bytes, start, end);
      this.seqs.see(member.index, numberAt(bytes, at, end));
    }
    return sender;
  }

  /** By now `member` should have had all `count` messages of a sender; what is not there is missing. */
  expect(member: Member, sender: Member, count: number): void {
    const local = sender.sender - member.room * this.#senders;
    this.messages.endAt(member.index * this.#senders + local, count);
  }
}

/** Decimal digits; -1, which is never due, where there are none. */
function numberAt(bytes: Buffer, at: number, end: number): number {
  let value = -1;
  for (let index = at; index >= 0 && index < end; index += 1) {
    const digit = (bytes[index] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    value = Math.max(0, value) * 10 + digit;
  }
  return value;
}
