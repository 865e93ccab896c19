import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { chinwag, enter } from '../../src/load/chinwag.ts';
import { bringIn } from '../../src/load/crowd.ts';
import { takeSeat } from '../../src/load/seat.ts';
import { type Target, targetOf } from '../../src/load/target.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { often } from '../support/tools.ts';
import { within } from '../support/within.ts';
import { isRoomFor } from './load.ts';

const CLIENTS = often(1_000, 5_000);
const RESUMED_MS = 30_000;
const CONNECT_MS = 120_000;
const ACKNOWLEDGED = 50;
const ROOM = 'general';

/** Remembers the `seq` of every message, and comes back after the last one it had. */
class Reader {
  readonly seqs: number[] = [];
  readonly #name: string;
  #back: { readonly token: string; readonly epoch: string } | undefined;
  #wanted = Number.POSITIVE_INFINITY;
  #reached: () => void = () => {};

  constructor(name: string) {
    this.#name = name;
  }

  async enter(target: Target): Promise<void> {
    const place = { name: this.#name, room: ROOM };
    const back = this.#back && { ...this.#back, after: this.seqs.at(-1) ?? 0 };
    const seat = takeSeat(target, chinwag, place, enter(place, back), (membership) => {
      this.#back = membership;
      for (const seq of membership.replayed) this.#take(seq);
      return {
        known: (_bytes, at) => at,
        text: (bytes, _at, start, end) => {
          const frame = JSON.parse(bytes.toString('utf8', start, end));
          if (frame.type === 'heartbeat') seat.connection.send('{"type":"heartbeat"}');
          if (frame.type === 'message') this.#take(frame.seq);
        },
        read() {},
        closed() {},
      };
    });
    await seat.entered;
  }

  /** Resolves once it has had the message `seq`. */
  async reached(seq: number): Promise<void> {
    if ((this.seqs.at(-1) ?? 0) >= seq) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wanted = seq;
    this.#reached = resolve;
    await within(promise, `message ${seq} at ${this.#name}`, RESUMED_MS);
  }

  #take(seq: number): void {
    this.seqs.push(seq);
    if (seq >= this.#wanted) this.#reached();
  }
}

test(`fault 4: after a kill -9 all of ${CLIENTS} are back within 30 s and have missed nothing`, async (t) => {
  if (!isRoomFor(t, CLIENTS)) return;
  const folder = join(temporaryFolder(), 'data');
  const first = await serve(t, folder);
  const readers = Array.from({ length: CLIENTS }, (_, n) => new Reader(`reader-${n}`));
  const target = targetOf(first.url);
  await bringIn(readers, CONNECT_MS, (reader) => reader.enter(target));
  const talker = await Peer.member(first.url, 'talker');
  const said = { type: 'send', room: ROOM, text: 'hello' };
  for (let n = 0; n < ACKNOWLEDGED; n += 1) await talker.ask(said);
  // Of these nobody knows whether they are kept; either way everyone sees the same.
  for (let n = 0; n < ACKNOWLEDGED; n += 1) talker.send(said);
  const killed = performance.now();
  await first.kill();

  const second = await serve(t, folder);
  const again = targetOf(second.url);
  const started = performance.now();
  await within(
    Promise.all(readers.map((reader) => reader.enter(again))),
    'everyone to be back',
    RESUMED_MS,
  );
  const back = performance.now();
  t.diagnostic(
    `ready again after ${Math.round(started - killed)} ms, all back after ${Math.round(back - killed)} ms`,
  );
  const late = await Peer.member(second.url, 'late-talker');
  const { seq } = await late.ask(said);
  const head = Number(seq);
  assert.ok(head > ACKNOWLEDGED, 'everything acknowledged was kept');
  await Promise.all(readers.map((reader) => reader.reached(head)));
  const everything = Array.from({ length: head }, (_, n) => n + 1);
  for (const { seqs } of readers) assert.deepEqual(seqs, everything);
  assert.ok(back - killed <= RESUMED_MS, `all back after ${back - killed} ms`);
});
