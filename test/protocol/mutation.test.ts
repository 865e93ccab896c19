import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { type Server, startServer } from '../../src/server/server.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { Canary } from '../support/canary.ts';
import { commandTable, wrongValues } from '../support/commands.ts';
import { seedFor } from '../support/seed.ts';
import { silentLog, testConfig } from '../support/server.ts';
import { isWellFormed, Target } from '../support/target.ts';

/** How many frames in all: `npm run test:long` sends the whole 100,000. */
const RUNS = process.env.CHINWAG_LONG === '1' ? 100_000 : 4_000;
/** After so many a new server takes over. */
const ROUND = 10_000;
const CANARY_MS = 200;
const TRIES = 3;
const EXPECTED_CLOSES = [1007, 1009, 4400];

const fields = Object.entries(commandTable).flatMap(([type, { fields, valid }]) =>
  Object.entries(fields).map(([name, field]) => ({ type, valid, name, wrong: wrongValues(field) })),
);

/** A command with one field that has a value it cannot have. */
const wrongCommand = fc.constantFrom(...fields).chain(({ type, valid, name, wrong }) =>
  fc.record({
    name: fc.constant(name),
    frame: fc
      .constantFrom(...wrong)
      .map((value) => ({ type, ref: 1, ...valid, [name]: value }))
      .map((command) => Buffer.from(JSON.stringify(command))),
  }),
);

/** A well-formed command, as bytes, with some of them changed, added or taken away. */
const mutated = fc
  .record({
    frame: fc.constantFrom(
      ...Object.entries(commandTable).map(([type, { valid }]) => ({ type, ref: 'é', ...valid })),
    ),
    edits: fc.array(
      fc.record({
        at: fc.nat(120),
        remove: fc.nat(3),
        insert: fc.uint8Array({ maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ frame, edits }) => {
    let bytes = Buffer.from(JSON.stringify(frame));
    for (const { at, remove, insert } of edits) {
      const start = at % (bytes.length + 1);
      const parts = [bytes.subarray(0, start), insert, bytes.subarray(start + remove)];
      bytes = Buffer.concat(parts);
    }
    return bytes;
  });

/** Any object, with the fields that commands have holding anything at all. */
const anyCommand = fc
  .record(
    {
      type: fc.oneof(fc.constantFrom(...Object.keys(commandTable)), fc.jsonValue()),
      ref: fc.jsonValue(),
      room: fc.oneof(fc.constantFrom('general', 'ops'), fc.jsonValue()),
      text: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      seq: fc.jsonValue(),
      key: fc.jsonValue(),
      after: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((command) => Buffer.from(JSON.stringify(command)));

const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

test('1.8 8.1 fault 20: a wrong value in any field gets one error that names it, signed in or not', async (t) => {
  await underFire(t, 0.3 * RUNS, wrongCommand, async ({ name, frame }, target) => {
    const answer = await target.hit(frame);
    assert.ok(typeof answer !== 'number', `closed with ${answer}`);
    assert.equal(answer.length, 1);
    const [error] = answer;
    assert.deepEqual([error?.type, error?.code, error?.ref], ['error', error?.code, 1]);
    assert.ok(error?.code === 'invalid' || error?.code === 'too_long');
    assert.equal(error?.field, name);
  });
});

test('1.5 fault 20: a mutated frame gets an error or a close, or is a command after all', async (t) => {
  const frames = fc.oneof(mutated, mutated, anyCommand, anyBytes);
  await underFire(t, 0.6 * RUNS, frames, async (frame, target) => {
    const answer = await target.hit(frame);
    if (typeof answer === 'number') assert.ok(EXPECTED_CLOSES.includes(answer), `${answer}`);
    else if (!isWellFormed(frame)) {
      assert.equal(answer.filter(({ type }) => type === 'error').length, 1);
      assert.ok(answer.every(({ code }) => code !== 'internal'));
    }
  });
});

test('1.5 fault 20: a binary frame is refused, whatever is in it', async (t) => {
  await underFire(t, 0.1 * RUNS, fc.oneof(mutated, anyBytes), async (frame, target) => {
    const answer = await target.hit(frame, true);
    if (typeof answer === 'number') assert.equal(answer, 4400);
    else
      assert.deepEqual(
        answer.map(({ code }) => code),
        ['bad_frame'],
      );
  });
});

/**
 * Runs the property against servers on which a canary must never wait for long. A round in which it
 * did is thrown again with the same dice: what a frame does to the server it does each time, and what
 * the rest of the machine does it does not.
 */
async function underFire<T>(
  t: TestContext,
  frameCount: number,
  frames: fc.Arbitrary<T>,
  property: (frame: T, target: Target) => Promise<void>,
): Promise<void> {
  const seed = seedFor(t);
  for (let left = frameCount; left > 0; left -= ROUND) {
    const dice = { seed: seed + left, numRuns: Math.min(left, ROUND) };
    let waitedMs = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < TRIES && waitedMs >= CANARY_MS; tries += 1) {
      waitedMs = await longestWait(t, frames, property, dice);
    }
    assert.ok(waitedMs < CANARY_MS);
  }
}

async function longestWait<T>(
  t: TestContext,
  frames: fc.Arbitrary<T>,
  property: (frame: T, target: Target) => Promise<void>,
  dice: { readonly seed: number; readonly numRuns: number },
): Promise<number> {
  const tools = { log: silentLog, storage: new MemoryStorage() };
  await using fired = await roundOn(await startServer(testConfig, tools));
  const run = fc.asyncProperty(frames, fc.constantFrom(...fired.targets), property);
  await fc.assert(run, { ...dice, endOnFailure: true });
  const { probes, longestMs } = fired.canary;
  t.diagnostic(`the canary asked ${probes} times and waited ${longestMs.toFixed()} ms at most`);
  return longestMs;
}

async function roundOn(server: Server) {
  const canary = await Canary.in(server.url);
  const targets = [new Target(server.url, true), new Target(server.url, false)] as const;
  return {
    canary,
    targets,
    async [Symbol.asyncDispose]() {
      await canary.stop();
      for (const target of targets) await target.close();
      await server.stop();
    },
  };
}
