import type { Connection } from './connection.ts';
import { bringIn } from './crowd.ts';
import type { Dialect } from './dialect.ts';
import type { Histogram } from './histogram.ts';
import { crowdOf, type Member } from './member.ts';
import { OrderCheck } from './order.ts';
import { type Pacer, pacerOf } from './pacer.ts';
import { checkPlan, type LoadPlan } from './plan.ts';
import { restOf } from './rest.ts';
import type { Latency, LoadResult } from './result.ts';
import { type Audience, takeSeat } from './seat.ts';
import { Stamp } from './stamp.ts';
import { Tally } from './tally.ts';
import type { Target } from './target.ts';

/** Where a run stands, once a second. */
export type Progress =
  | { readonly phase: 'connecting'; readonly connected: number; readonly of: number }
  | { readonly phase: 'warming up' | 'draining' }
  | {
      readonly phase: 'measuring';
      readonly seconds: number;
      readonly deliveriesPerSecond: number;
      readonly p99Ms: number;
    };

/**
 * Puts a server under load and checks every delivery. `nonce` (up to 7 of a-z
 * and 0-9) keeps this run's people, rooms and messages apart from other runs'.
 * Rejects with a `RangeError` for an impossible plan, a `Refused` for what the
 * server will not do, an `Error` when not everybody gets in.
 */
export async function runLoad(
  target: Target,
  dialect: Dialect,
  plan: LoadPlan,
  nonce: string,
  progress: (progress: Progress) => void,
): Promise<LoadResult> {
  checkPlan(plan);
  return new LoadRun(target, dialect, plan, nonce, progress).run();
}

/** For what comes once more though everything is there. */
const AFTERWARDS_MS = 200;
/** A connection that the server has ended is read to its end in this time. */
const GOODBYE_MS = 1_000;

class LoadRun {
  readonly #target: Target;
  readonly #dialect: Dialect;
  readonly #plan: LoadPlan;
  readonly #progress: (progress: Progress) => void;
  readonly #members: Member[];
  readonly #senders: Member[];
  readonly #stamp: Stamp;
  readonly #tally: Tally;
  /** Each sender's counters, as its answers tell them. */
  readonly #answers: OrderCheck;
  readonly #pacer: Pacer;
  readonly #rest: () => void;
  readonly #origin = performance.now();
  readonly #refused = Promise.withResolvers<never>();
  readonly #halt = new AbortController();
  readonly #complete = Promise.withResolvers<void>();
  #due = Number.POSITIVE_INFINITY;
  #settled = 0;
  #answered = 0;
  #lost: string[] = [];
  #cutOff = 0;

  constructor(
    target: Target,
    dialect: Dialect,
    plan: LoadPlan,
    nonce: string,
    progress: (progress: Progress) => void,
  ) {
    this.#target = target;
    this.#dialect = dialect;
    this.#plan = plan;
    this.#progress = (report) => {
      if (!this.#halt.signal.aborted) progress(report);
    };
    this.#members = crowdOf(plan, nonce, dialect.echoes);
    this.#senders = this.#members.filter((member) => member.sender !== -1);
    this.#stamp = new Stamp(nonce, plan.size);
    this.#tally = new Tally(this.#stamp, this.#members.length, plan.senders, dialect.seqBehind);
    this.#answers = new OrderCheck(this.#senders.length);
    this.#rest = restOf(plan.pace, this.#senders.length, () => this.#tally.lastLatency);
    const send = (sender: Member, due: number, count: number) => this.#send(sender, due, count);
    this.#pacer = pacerOf(plan.pace, this.#senders, send, () => this.#now(performance.now()));
  }

  async run(): Promise<LoadResult> {
    try {
      return await Promise.race([this.#measure(), this.#refused.promise]);
    } finally {
      this.#halt.abort();
      this.#pacer.stop();
      for (const member of this.#members) member.connection?.close();
    }
  }

  async #measure(): Promise<LoadResult> {
    const begun = performance.now();
    const entered = await this.#enter();
    const allMs = performance.now() - begun;

    for (const member of this.#members) if (member.stalled) member.connection?.stopReading();
    this.#progress({ phase: 'warming up' });
    this.#pacer.start();
    await sleep(this.#plan.warmupMs, this.#halt.signal);

    const window = this.#openWindow();
    const ticker = setInterval(() => this.#progress(window.progress()), 1000);
    await sleep(this.#plan.durationMs, this.#halt.signal).finally(() => clearInterval(ticker));
    const measured = window.close();

    this.#pacer.stop();
    this.#progress({ phase: 'draining' });
    await this.#drain();
    await this.#lookForStalled();
    return { ...measured, ...this.#reckon(), entered: { p99Ms: ms(entered, 0.99), allMs } };
  }

  async #enter(): Promise<Histogram> {
    let connected = 0;
    const of = this.#members.length;
    const report = () => this.#progress({ phase: 'connecting', connected, of });
    const ticker = setInterval(report, 1000);
    const enter = async (member: Member) => {
      await this.#seat(member);
      connected += 1;
    };
    return bringIn(this.#members, this.#plan.connectMs, enter).finally(() => clearInterval(ticker));
  }

  #seat(member: Member): Promise<void> {
    const { place } = member;
    const signIn = this.#dialect.signIn(place);
    const seat = takeSeat(this.#target, this.#dialect, place, signIn, (entry): Audience => {
      this.#tally.seqs.startAt(member.index, (entry.head ?? 0) + 1);
      return {
        known: (bytes, at, to) => this.#known(member, seat.connection, bytes, at, to),
        text: (bytes, at, start, end) => {
          this.#text(member, seat.connection, bytes, at, start, end);
        },
        read: () => {
          this.#pacer.read();
          this.#rest();
        },
        closed: (code, why) => this.#closed(member, code, why),
      };
    });
    member.connection = seat.connection;
    return seat.entered;
  }

  /** A witness is asked about each message by itself; all others may hear many at once. */
  #known(member: Member, from: Connection, bytes: Buffer, at: number, to: number): number {
    if (member.witnessOf !== -1) return at;
    const end = this.#tally.takeKnown(member, bytes, at, to, this.#now(from.readAt));
    if (end > at && this.#isComplete()) this.#complete.resolve();
    return end;
  }

  #text(
    member: Member,
    from: Connection,
    bytes: Buffer,
    at: number,
    start: number,
    end: number,
  ): void {
    const sender = this.#tally.take(member, bytes, at, start, end, this.#now(from.readAt));
    if (sender === -1) {
      this.#hear(member, bytes.toString('utf8', start, end));
      return;
    }
    if (sender === member.witnessOf) {
      const witnessed = this.#senders[sender];
      if (witnessed !== undefined) this.#pacer.back(witnessed);
      this.#settled += 1;
    }
    if (this.#isComplete()) this.#complete.resolve();
  }

  #hear(member: Member, frame: string): void {
    const heard = this.#dialect.hear(frame);
    if (heard.kind === 'answer') {
      this.#answered += 1;
      this.#answers.see(member.sender, heard.counter);
      if (this.#isComplete()) this.#complete.resolve();
    } else if (heard.kind === 'reply') {
      member.connection?.send(heard.text);
    } else if (heard.kind === 'refused') {
      this.#refused.reject(heard.reason);
    }
  }

  #closed(member: Member, code: number, why: string): void {
    member.connection = undefined;
    if (this.#halt.signal.aborted) return;
    if (member.stalled) this.#cutOff += 1;
    else this.#lost.push(`${code}: ${why}`);
  }

  #send(sender: Member, due: number, count: number): void {
    const texts = [];
    for (let index = 0; index < count; index += 1) {
      const text = this.#stamp.text(sender.sender, sender.sent, due);
      texts.push(this.#dialect.message(sender.place, text, sender.sent));
      sender.sent += 1;
    }
    sender.connection?.send(...texts);
  }

  /** Measures from now until `close`. */
  #openWindow() {
    const begun = performance.now();
    this.#tally.open(this.#now(begun));
    const cpu = process.cpuUsage();
    const deliveries = this.#tally.deliveries;
    const acknowledged = this.#acknowledged();
    const seconds = () => (performance.now() - begun) / 1000;
    let last = { deliveries, seconds: 0 };
    return {
      progress: (): Progress => {
        const here = { deliveries: this.#tally.deliveries, seconds: seconds() };
        const rate = (here.deliveries - last.deliveries) / (here.seconds - last.seconds);
        last = here;
        const p99Ms = ms(this.#tally.latency, 0.99);
        return { phase: 'measuring', seconds: here.seconds, deliveriesPerSecond: rate, p99Ms };
      },
      close: () => {
        const took = seconds();
        const { user, system } = process.cpuUsage(cpu);
        this.#tally.close(this.#now(performance.now()));
        return {
          seconds: took,
          deliveriesPerSecond: (this.#tally.deliveries - deliveries) / took,
          acknowledgementsPerSecond: (this.#acknowledged() - acknowledged) / took,
          generatorCpu: (user + system) / 1e6 / took,
        };
      },
    };
  }

  #acknowledged(): number {
    return this.#dialect.answers ? this.#answered : this.#settled;
  }

  async #drain(): Promise<void> {
    const sent = this.#senders.reduce((sum, sender) => sum + sender.sent, 0);
    const { members, stalled } = this.#plan;
    const readers = members - stalled - (this.#dialect.echoes ? 0 : 1);
    this.#due = sent * (readers + (this.#dialect.answers ? 1 : 0));
    if (!this.#isComplete()) await Promise.race([this.#complete.promise, this.#untilQuiet()]);
    await sleep(AFTERWARDS_MS, this.#halt.signal);
  }

  /** Who has stopped reading learns only when it reads again that the server has let it go. */
  async #lookForStalled(): Promise<void> {
    const stalled = this.#members.filter((member) => member.stalled);
    if (stalled.length === 0) return;
    for (const member of stalled) member.connection?.discard();
    await sleep(GOODBYE_MS, this.#halt.signal);
  }

  #isComplete(): boolean {
    const { deliveries, misdelivered, messages } = this.#tally;
    const answered = this.#answered - this.#answers.repeated;
    return deliveries - misdelivered - messages.repeated + answered >= this.#due;
  }

  async #untilQuiet(): Promise<void> {
    let before = -1;
    while (before !== this.#tally.deliveries) {
      before = this.#tally.deliveries;
      await sleep(this.#plan.quietMs, this.#halt.signal);
    }
  }

  #reckon() {
    const { members } = this.#plan;
    for (const sender of this.#senders) {
      for (const member of this.#members.slice(
        sender.room * members,
        (sender.room + 1) * members,
      )) {
        if (member.stalled || (member === sender && !this.#dialect.echoes)) continue;
        this.#tally.expect(member, sender, sender.sent);
      }
    }
    if (this.#dialect.answers) {
      for (const { sender, sent } of this.#senders) this.#answers.endAt(sender, sent);
    }
    const sent = this.#senders.reduce((sum, sender) => sum + sender.sent, 0);
    const answers = this.#answers.faults;
    const [lostWhy] = this.#lost;
    return {
      connections: this.#members.length,
      sent,
      deliveries: this.#tally.deliveries,
      latencyMs: latencyOf(this.#tally.latency),
      messages: this.#tally.messages.faults,
      seqs: this.#tally.seqs.faults,
      misdelivered: this.#tally.misdelivered,
      unanswered: answers.missing,
      answeredAgain: answers.repeated,
      lost: this.#lost.length,
      ...(lostWhy === undefined ? {} : { lostWhy }),
      cutOff: this.#cutOff,
    };
  }

  #now(at: number): number {
    return Math.floor((at - this.#origin) * 1000);
  }
}

function latencyOf(latency: Histogram): Latency {
  return {
    p50: ms(latency, 0.5),
    p99: ms(latency, 0.99),
    p999: ms(latency, 0.999),
    max: latency.max / 1000,
  };
}

function ms(histogram: Histogram, share: number): number {
  return histogram.quantile(share) / 1000;
}

/** Ends early when `signal` does. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
