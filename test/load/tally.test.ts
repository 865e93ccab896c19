import assert from 'node:assert/strict';
import test from 'node:test';
import { crowdOf } from '../../src/load/member.ts';
import { type Faults, OrderCheck } from '../../src/load/order.ts';
import { FrameScanner } from '../../src/load/scanner.ts';
import { Stamp } from '../../src/load/stamp.ts';
import { Tally } from '../../src/load/tally.ts';
import { textFrame } from '../../src/protocol/index.ts';
import { seeded, seedFor } from '../support/seed.ts';
import { often } from '../support/tools.ts';

const MEMBERS = 6;
const SENDERS = 3;
const stamp = new Stamp('abc', 40);
const bystanders = [textFrame('{"type":"joined"}'), textFrame('{"type":"typing"}')];

type Sent = { readonly sender: number; readonly counter: number; readonly seq: number };

const frameOf = ({ sender, counter, seq }: Sent) =>
  textFrame(`{"seq":${seq},"text":"${stamp.text(sender, counter, 1_000 * seq)}"}`);

/** What a crowd's tally counts when each member hears its own list of frames, cut anyhow. */
function tallied(heard: readonly (readonly Uint8Array[])[], random: () => number) {
  const crowd = crowdOf(
    { rooms: 1, members: MEMBERS, senders: SENDERS, stalled: 0, idle: 0 },
    'abc',
    true,
  );
  const tally = new Tally(stamp, MEMBERS, SENDERS, '"seq":');
  tally.open(0);
  let known = 0;
  const readers = crowd.map((member) => {
    tally.seqs.startAt(member.index, 1);
    const scanner = new FrameScanner({
      known: (bytes, at, to) => {
        const end = tally.takeKnown(member, bytes, at, to, 1_000_000);
        if (end > at) known += 1;
        return end;
      },
      frame: (_opcode, bytes, at, start, end) => {
        tally.take(member, bytes, at, start, end, 1_000_000);
      },
    });
    return { scanner, stream: Buffer.concat(heard[member.index] ?? []), at: 0 };
  });
  while (readers.some(({ stream, at }) => at < stream.length)) {
    for (const reader of readers) {
      const length = Math.floor(random() * 2_000);
      const chunk = Buffer.from(reader.stream.subarray(reader.at, reader.at + length));
      reader.scanner.push(chunk, 0, chunk.length);
      chunk.fill(0);
      reader.at += chunk.length;
    }
  }
  return { tally, known };
}

function conversation(length: number, random: () => number): Sent[] {
  const counters = new Array<number>(SENDERS).fill(0);
  return Array.from({ length }, (_, index) => {
    const sender = Math.floor(random() * SENDERS);
    const counter = counters[sender] ?? 0;
    counters[sender] = counter + 1;
    return { sender, counter, seq: index + 1 };
  });
}

/** The same, with something lost, repeated or late now and then. */
function damaged(said: readonly Sent[], random: () => number): Sent[] {
  const heard = said.flatMap((one) => {
    const chance = random();
    return chance < 0.02 ? [] : chance < 0.04 ? [one, one] : [one];
  });
  for (let index = 1; index < heard.length; index += 1) {
    const [late, early] = [heard[index - 1], heard[index]];
    if (random() < 0.02 && late !== undefined && early !== undefined) {
      heard[index - 1] = early;
      heard[index] = late;
    }
  }
  return heard;
}

function counted(heard: readonly (readonly Sent[])[]): { messages: Faults; seqs: Faults } {
  const messages = new OrderCheck(MEMBERS * SENDERS);
  const seqs = new OrderCheck(MEMBERS);
  for (const [member, list] of heard.entries()) {
    seqs.startAt(member, 1);
    for (const { sender, counter, seq } of list) {
      messages.see(member * SENDERS + sender, counter);
      seqs.see(member, seq);
    }
  }
  return { messages: messages.faults, seqs: seqs.faults };
}

test('what is heard like the others is counted as if it had been read frame by frame', (t) => {
  const random = seeded(seedFor(t));
  for (let round = 0; round < 40; round += 1) {
    const said = conversation(600, random);
    const heard = Array.from({ length: MEMBERS }, () => {
      return random() < 0.5 ? said : damaged(said, random);
    });
    const streams = heard.map((list) =>
      list.flatMap((sent) => {
        const [bystander] = random() < 0.02 ? bystanders : [];
        return bystander === undefined ? [frameOf(sent)] : [bystander, frameOf(sent)];
      }),
    );
    const { tally } = tallied(streams, random);
    const wanted = counted(heard);
    assert.deepEqual(tally.messages.faults, wanted.messages);
    assert.deepEqual(tally.seqs.faults, wanted.seqs);
    assert.equal(tally.deliveries, heard.flat().length);
    assert.equal(tally.latency.count, heard.flat().length);
  }
});

test('most of what a whole room hears alike is compared and not read', () => {
  const random = seeded(1);
  const frames = conversation(20_000, random).map(frameOf);
  const { tally, known } = tallied(new Array(MEMBERS).fill(frames), random);
  assert.deepEqual(tally.messages.faults, { missing: 0, repeated: 0, outOfOrder: 0 });
  assert.equal(tally.deliveries, MEMBERS * 20_000);
  assert.ok(known > 1_000, `${known} comparisons`);
});

test('two members that miss the same message both miss it', () => {
  const said = conversation(300, seeded(2));
  const gap = said.filter(({ seq }) => seq !== 100).map(frameOf);
  const { tally } = tallied([gap, gap, gap, gap, gap, gap], seeded(3));
  assert.equal(tally.messages.faults.missing, MEMBERS);
  assert.equal(tally.seqs.faults.missing, MEMBERS);
});

/** Three rooms of five, of whom two talk. */
const shape = { rooms: 3, members: 5, senders: 2, stalled: 0, idle: 0 };
const everybody = shape.rooms * shape.members;

/** A tally, and for each of three rooms' members what takes its bytes. */
function listening(isCompared: boolean, now: () => number) {
  const tally = new Tally(stamp, everybody, shape.senders, '"seq":');
  const scanners = crowdOf(shape, 'abc', true).map((member) => {
    tally.seqs.startAt(member.index, 1);
    return new FrameScanner({
      known: (bytes, at, to) => (isCompared ? tally.takeKnown(member, bytes, at, to, now()) : at),
      frame: (_opcode, bytes, at, start, end) => {
        tally.take(member, bytes, at, start, end, now());
      },
    });
  });
  return {
    tally,
    hear: (index: number, chunk: Buffer) => scanners[index]?.push(chunk, 0, chunk.length),
  };
}

/** What each member hears: what was said in its room, in some cases with something lost. */
function streamsOf(length: number, random: () => number): Uint8Array[][] {
  return Array.from({ length: shape.rooms }, (_, room) => {
    const counters = new Array<number>(shape.senders).fill(0);
    const frames = Array.from({ length }, (_, index) => {
      const local = Math.floor(random() * shape.senders);
      const counter = counters[local] ?? 0;
      counters[local] = counter + 1;
      const time = 100 * index + Math.floor(3_000 * random());
      const text = stamp.text(room * shape.senders + local, counter, time);
      return textFrame(`{"seq":${index + 1},"text":"${text}"}`);
    });
    return Array.from({ length: shape.members }, () =>
      random() < 0.7 ? frames : frames.filter(() => random() < 0.99),
    );
  }).flat();
}

test('what many hear alike is recorded as it is for each alone, whenever one begins and ends to measure', (t) => {
  const random = seeded(seedFor(t));
  const below = (limit: number) => Math.floor(random() * limit);
  for (let round = 0; round < often(20, 300); round += 1) {
    // Later than all that is due by then.
    let now = 5_000;
    const [alike, alone] = [listening(true, () => now), listening(false, () => now)];
    // Some are longer than what a transcript keeps.
    const streams = streamsOf(round % 10 === 9 ? 9_000 : 300, random);
    const at = streams.map(() => 0);
    let [untilOpen, untilClose] = [20 + below(50), 70 + below(200)];
    while (streams.some((stream, index) => (at[index] ?? 0) < stream.length)) {
      // Mostly all hear as much, in whole frames, room after room or person after person.
      const count = below(40);
      now += 100 * count;
      const stride = random() < 0.5 ? 1 : shape.members;
      for (let turn = 0; turn < everybody; turn += 1) {
        if (random() < 0.2) now += below(3_000);
        const index = (turn * stride + Math.floor((turn * stride) / everybody)) % everybody;
        const from = at[index] ?? 0;
        at[index] = from + (random() < 0.9 ? count : below(10));
        const bytes = Buffer.concat(streams[index]?.slice(from, at[index]) ?? []);
        const cut = random() < 0.9 ? bytes.length : below(bytes.length);
        for (const { hear } of [alike, alone]) {
          for (const chunk of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
            hear(index, Buffer.from(chunk));
          }
        }
        untilOpen -= 1;
        untilClose -= 1;
        for (const { tally } of [alike, alone]) {
          if (untilOpen === 0) tally.open(now);
          if (untilClose === 0) tally.close(now + 1);
        }
        assert.equal(alike.tally.deliveries, alone.tally.deliveries);
        assert.equal(alike.tally.lastLatency, alone.tally.lastLatency);
      }
    }
    assert.deepEqual(alike.tally.messages.faults, alone.tally.messages.faults);
    assert.deepEqual(alike.tally.seqs.faults, alone.tally.seqs.faults);
    const shares = Array.from({ length: 101 }, (_, percent) => percent / 100);
    const told = ({ tally: { latency } }: typeof alike) => [
      ...[latency.count, latency.max],
      ...shares.map((share) => latency.quantile(share)),
    ];
    assert.deepEqual(told(alike), told(alone));
  }
});

test('latency is that of the messages due in the time measured, however late they come', () => {
  const [member] = crowdOf({ rooms: 1, members: 1, senders: 1, stalled: 0, idle: 0 }, 'abc', true);
  assert.ok(member);
  const tally = new Tally(stamp, 1, 1, '"seq":');
  tally.seqs.startAt(0, 1);
  const arrive = (seq: number, now: number) => {
    const frame = Buffer.from(frameOf({ sender: 0, counter: seq - 1, seq }));
    tally.take(member, frame, 0, 2, frame.length, now);
  };
  tally.open(1_500);
  arrive(1, 2_000);
  arrive(2, 2_400);
  tally.close(3_000);
  arrive(3, 4_000);
  assert.equal(tally.deliveries, 3);
  assert.deepEqual([tally.latency.count, tally.latency.max], [1, 400]);
});
