import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Actor, ROOMS } from '../support/actor.ts';
import { pick, seeded } from '../support/seed.ts';
import { makeWorld } from '../support/world.ts';

const SEEDS = 1_000;
const STEPS = 40;
/** Any failure is run again alone with `FUZZ_SEED=<seed>`. */
const only = process.env.FUZZ_SEED;

test(`2.G2 2.G3 2.G4 hold over ${SEEDS} seeds of drops, repeats, reorders, breaks and restarts`, async () => {
  const seeds =
    only === undefined ? Array.from({ length: SEEDS }, (_, seed) => seed) : [Number(only)];
  for (const seed of seeds) {
    try {
      await run(seed);
    } catch (cause) {
      throw new Error(`seed ${seed}: ${cause}`, { cause });
    }
  }
});

async function run(seed: number): Promise<void> {
  const random = seeded(seed);
  const chance = (share: number) => random() < share;
  const { clock, server, network } = makeWorld(() => 1 + pick(random, 80));
  /** The server refuses for now: the one thing that lets messages overtake each other. */
  const grumpy = seed % 3 === 0;
  /** The server loses what a backup did not have: the one thing that takes a receipt back. */
  const restored = seed % 10 === 0;
  /** Single commands are lost and overtake each other on a connection that lives. */
  const scrambled = seed % 4 === 2;
  let calm = false;

  server.faults.deliver = (now) => {
    if (calm) return now();
    if (chance(0.08)) return;
    if (chance(0.08)) clock.after(pick(random, 400), now);
    else now();
    if (chance(0.06)) now();
  };
  server.faults.receive = ({ type }, now) => {
    // Who signs in twice on one connection is refused, whatever became of the first welcome.
    if (calm || type === 'hello') return now();
    if (scrambled && chance(0.02)) return;
    if (scrambled && chance(0.05)) clock.after(pick(random, 300), now);
    else now();
    if (chance(0.05)) now();
  };
  server.faults.answer = (_command, now) => {
    if (calm) return now();
    if (chance(0.01)) return;
    if (chance(0.05)) clock.after(pick(random, 300), now);
    else now();
    if (chance(0.05)) now();
  };
  server.faults.refuse = (command) => {
    if (command.type === 'send' && command.text.startsWith('rude')) {
      return { code: 'forbidden', message: 'not like that' };
    }
    if (calm || !grumpy || (command.type !== 'send' && command.type !== 'join')) return undefined;
    if (!chance(0.06)) return undefined;
    return { code: 'unavailable', message: 'later', retryAfterMs: pick(random, 2_000) };
  };

  const actors = ['ann', 'cleo', 'dan'].slice(0, 2 + pick(random, 2)).map((name) => {
    return new Actor(name, {
      url: 'http://chat.test',
      clock,
      random,
      transport: network.transport,
    });
  });
  const someone = () => actors[pick(random, actors.length)] ?? assert.fail();
  const somewhere = () => ROOMS[pick(random, ROOMS.length)] ?? assert.fail();
  for (const room of ROOMS) server.post(room, 'the first');

  /** It is away for a while; killed, it tells nobody, and answers to what it did are lost. */
  const restart = (killed: boolean) => {
    if (killed) network.cut();
    else server.close(1012);
    network.up = false;
    clock.after(pick(random, 5_000), () => {
      network.up = true;
    });
  };

  const steps: readonly (readonly [weight: number, run: () => void])[] = [
    [50, () => someone().say(somewhere(), chance(0.05) ? 'rude' : 'hello')],
    [15, () => server.post(somewhere(), 'from bob')],
    [5, () => someone().setTopic(somewhere())],
    [6, () => network.cut()],
    [3, () => network.freeze()],
    [4, () => server.close(1012)],
    [3, () => restart(false)],
    [3, () => restart(true)],
    [2, () => server.close(4408)],
    [
      3,
      () => {
        network.up = !network.up;
      },
    ],
    [4, () => someone().restart()],
    [4, () => someone().comeAndGo(somewhere())],
    [
      restored ? 4 : 0,
      () => {
        server.restoreBackup(pick(random, 5));
        server.close(1012);
      },
    ],
    [
      seed % 50 === 1 ? 3 : 0,
      () => {
        const room = somewhere();
        for (let post = 0; post < 1_100; post += 1) server.post(room, 'flood');
      },
    ],
  ];
  const total = steps.reduce((sum, [weight]) => sum + weight, 0);
  const step = () => {
    let left = random() * total;
    for (const [weight, act] of steps) {
      left -= weight;
      if (left < 0) return act();
    }
  };

  for (let turn = 0; turn < STEPS; turn += 1) {
    step();
    await clock.advance(pick(random, 10) === 0 ? pick(random, 20_000) : pick(random, 600));
    if (!restored) for (const actor of actors) actor.checkOrder(server);
  }

  calm = true;
  network.up = true;
  for (const actor of actors) actor.stay();
  await clock.advance(120_000);
  for (const room of ROOMS) server.post(room, 'the last');
  await clock.advance(60_000);

  for (const actor of actors) {
    actor.checkOrder(server);
    actor.checkCaughtUp(server);
    if (!restored) actor.checkOnce(server);
    if (!restored && !grumpy && !scrambled) actor.checkOwnOrder(server);
    actor.client.close();
  }
}
