import { Histogram } from './histogram.ts';
import { Marker } from './marker.ts';
import type { Member } from './member.ts';
import { OrderCheck } from './order.ts';
import { counterOf, type Stamp, senderOf, timeOf } from './stamp.ts';
import { NONE, Transcript } from './transcript.ts';

/**
 * Everything that is counted, delivery by delivery.
 * Order is checked from the first message to the last. Latency is that of the
 * messages due between `open` and `close`, however late they come: leaving out
 * those which were still on their way would flatter a server that stands still.
 */
export class Tally {
  readonly messages: OrderCheck;
  readonly seqs: OrderCheck;
  /** In microseconds. */
  lastLatency = 0;
  /** Of the whole run. */
  deliveries = 0;
  misdelivered = 0;
  readonly #stamp: Stamp;
  readonly #seq: Marker | undefined;
  readonly #senders: number;
  /** A room's messages, and one more stream for its `seq`. */
  readonly #transcripts: Transcript[] = [];
  readonly #due: Float64Array;
  readonly #latency = new Histogram();
  /** What a member heard at once, and how many have heard just that at that moment. */
  readonly #alike = { room: NONE, before: NONE, last: NONE, now: 0, times: 0 };
  #from = Number.POSITIVE_INFINITY;
  #to = Number.POSITIVE_INFINITY;

  constructor(stamp: Stamp, members: number, senders: number, seqBehind: string | undefined) {
    this.#stamp = stamp;
    this.#senders = senders;
    this.#seq = seqBehind === undefined ? undefined : new Marker(seqBehind);
    this.messages = new OrderCheck(members * senders);
    this.seqs = new OrderCheck(members);
    this.#due = new Float64Array(senders + 1);
  }

  /** Times are in microseconds since the run began, as in the stamps. */
  open(now: number): void {
    this.#from = now;
  }

  close(now: number): void {
    this.#to = now;
  }

  get latency(): Histogram {
    this.#recordAlike();
    return this.#latency;
  }

  /** Takes the frame at `at` and answers whose message it brings, or -1 when it has no stamp. */
  take(member: Member, bytes: Buffer, at: number, start: number, end: number, now: number): number {
    const fields = this.#stamp.find(bytes, start, end);
    if (fields === -1) return -1;
    const sender = senderOf(bytes, fields);
    const counter = counterOf(bytes, fields);
    const time = timeOf(bytes, fields);
    const seq =
      this.#seq === undefined ? 0 : numberAt(bytes, this.#seq.behind(bytes, start, end), end);
    const local = sender - member.room * this.#senders;
    this.#deliver(time, now);
    if (local < 0 || local >= this.#senders) {
      this.misdelivered += 1;
      member.heard = NONE;
      return sender;
    }
    const due = this.messages.see(member.index * this.#senders + local, counter);
    const seqDue = this.#seq === undefined || this.seqs.see(member.index, seq);
    const inOrder = due && seqDue;
    member.heard = inOrder ? this.#place(member, local, bytes, at, end, time) : NONE;
    return sender;
  }

  /** Takes all the frames at `at` that its room's transcript has too; answers where they end. */
  takeKnown(member: Member, bytes: Buffer, at: number, to: number, now: number): number {
    if (member.heard === NONE) return at;
    const transcript = this.#transcriptOf(member.room);
    const { last, end } = transcript.follow(member.heard, bytes, at, to);
    if (end === at) return at;
    this.#deliverAlike(member.room, member.heard, last, now);
    const streams = member.index * this.#senders;
    transcript.readDue(last, this.#due);
    for (let local = 0; local < this.#senders; local += 1) {
      this.messages.startAt(streams + local, this.#due[local] ?? 0);
    }
    this.seqs.startAt(member.index, this.#due[this.#senders] ?? 0);
    member.heard = last;
    return end;
  }

  /** By now `member` should have had all `count` messages of a sender; what is not there is missing. */
  expect(member: Member, sender: Member, count: number): void {
    const local = sender.sender - member.room * this.#senders;
    this.messages.endAt(member.index * this.#senders + local, count);
  }

  #deliver(time: number, now: number): void {
    this.deliveries += 1;
    this.lastLatency = now - time;
    this.#record(time, now, 1);
  }

  /** A whole room hears the same, and most of it in the same moment: that is recorded once for all. */
  #deliverAlike(room: number, before: number, last: number, now: number): void {
    const alike = this.#alike;
    if (
      alike.room !== room ||
      alike.before !== before ||
      alike.last !== last ||
      alike.now !== now
    ) {
      this.#recordAlike();
      Object.assign(alike, { room, before, last, now });
    }
    alike.times += 1;
    this.lastLatency = now - this.#transcriptOf(room).timeOf(last);
    this.deliveries += last - before;
  }

  #recordAlike(): void {
    const { room, before, last, now, times } = this.#alike;
    if (times === 0) return;
    this.#alike.times = 0;
    const transcript = this.#transcriptOf(room);
    for (let frame = before + 1; frame <= last; frame += 1) {
      this.#record(transcript.timeOf(frame), now, times);
    }
  }

  #record(time: number, now: number, times: number): void {
    if (time >= this.#from && time < this.#to) this.#latency.record(now - time, times);
  }

  /** Where in the transcript a member stands that has just heard, in order, the frame at `at`. */
  #place(
    member: Member,
    local: number,
    bytes: Buffer,
    at: number,
    end: number,
    time: number,
  ): number {
    const transcript = this.#transcriptOf(member.room);
    // It may forget the frames that were heard alike.
    this.#recordAlike();
    const due = this.#dueOf(member);
    const follows = member.heard !== NONE;
    if (follows && transcript.dueAt(member.heard + 1, local) === due[local])
      return member.heard + 1;
    if (follows && member.heard === transcript.last) {
      return transcript.append(bytes, at, end, time, due);
    }
    const found = transcript.find(local, due[local] ?? 0);
    if (found !== NONE) return transcript.isAt(found, due) ? found : NONE;
    if (!transcript.isBehind(due)) return NONE;
    transcript.restart();
    return transcript.append(bytes, at, end, time, due);
  }

  #dueOf(member: Member): Float64Array {
    const streams = member.index * this.#senders;
    for (let local = 0; local < this.#senders; local += 1) {
      this.#due[local] = this.messages.dueAt(streams + local);
    }
    this.#due[this.#senders] = this.seqs.dueAt(member.index);
    return this.#due;
  }

  #transcriptOf(room: number): Transcript {
    const known = this.#transcripts[room];
    if (known !== undefined) return known;
    const transcript = new Transcript(this.#senders + 1);
    this.#transcripts[room] = transcript;
    return transcript;
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
