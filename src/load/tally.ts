import { Histogram } from './histogram.ts';
import { Marker } from './marker.ts';
import type { Member } from './member.ts';
import { OrderCheck } from './order.ts';
import { counterOf, type Stamp, senderOf, timeOf } from './stamp.ts';

/**
 * Everything that is counted, one delivery at a time: nothing here allocates.
 * Rates and latencies start anew with `begin`; order is checked from the first.
 */
export class Tally {
  readonly messages: OrderCheck;
  readonly seqs: OrderCheck;
  latency = new Histogram();
  /** Of the whole run. */
  deliveries = 0;
  misdelivered = 0;
  readonly #stamp: Stamp;
  readonly #seq: Marker | undefined;
  readonly #senders: number;

  constructor(stamp: Stamp, members: number, senders: number, seqBehind: string | undefined) {
    this.#stamp = stamp;
    this.#senders = senders;
    this.#seq = seqBehind === undefined ? undefined : new Marker(seqBehind);
    this.messages = new OrderCheck(members * senders);
    this.seqs = new OrderCheck(members);
  }

  begin(): void {
    this.latency = new Histogram();
  }

  /** Takes a delivery and answers whose it was, or -1 when the frame carries no stamp. */
  take(member: Member, bytes: Buffer, start: number, end: number, now: number): number {
    const fields = this.#stamp.find(bytes, start, end);
    if (fields === -1) return -1;
    const sender = senderOf(bytes, fields);
    this.deliveries += 1;
    this.latency.record(now - timeOf(bytes, fields));
    const local = sender - member.room * this.#senders;
    if (local < 0 || local >= this.#senders) this.misdelivered += 1;
    else this.messages.see(member.index * this.#senders + local, counterOf(bytes, fields));
    if (this.#seq !== undefined) {
      const at = this.#seq.behind(bytes, start, end);
      this.seqs.see(member.index, numberAt(bytes, at, end));
    }
    return sender;
  }

  /** What `member` should have had of a sender who sent `count` messages in all. */
  close(member: Member, sender: Member, count: number): void {
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
