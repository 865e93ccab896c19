import type { Membership } from '../src/load/chinwag.ts';
import { bringIn } from '../src/load/crowd.ts';
import { Histogram } from '../src/load/histogram.ts';
import type { LoadPlan } from '../src/load/plan.ts';
import type { Target } from '../src/load/target.ts';
import { type Caller, call } from './caller.ts';
import type { Outcome } from './measurement.ts';

const MISSED = 20;
const FIRST_MS = 250;
const SPREAD_MS = 500;
const LONGEST_MS = 10_000;
const ATTEMPTS = 8;
const DIALS_A_TURN = 16;

/**
 * Everybody loses the connection, something is said, and everybody comes back at
 * once, without the random wait of the clients, as fast as one core can dial. Who fails tries
 * again as they do: after 250 ms and a random wait that doubles with each attempt.
 * Each must get exactly what it missed. A handshake is from dialling to the open WebSocket.
 */
export async function storm(target: Target, plan: LoadPlan): Promise<Outcome> {
  const room = 'storm';
  const names = Array.from({ length: plan.members }, (_, index) => `storm-${index}`);
  const before = new Map<string, Membership>();
  const connected: Caller[] = [];
  const talker = await call(target, { name: 'talker', room });
  await bringIn(names, plan.connectMs, async (name) => {
    const caller = await call(target, { name, room });
    before.set(name, caller.membership);
    connected.push(caller);
  });
  for (const { connection } of connected) connection.cut();
  for (let said = 0; said < MISSED; said += 1) {
    await talker.ask({ type: 'send', room, text: 'x'.repeat(plan.size) });
  }

  const taken = new Histogram();
  const handshakes = new Histogram();
  const wrong: string[] = [];
  let retries = 0;
  const comeBack = async (name: string) => {
    const was = before.get(name);
    if (was === undefined) throw new Error(`${name} was never in`);
    let why = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // All at once the first time; whoever fails spreads its next try.
      if (attempt > 0) {
        await sleep(FIRST_MS + Math.random() * Math.min(LONGEST_MS, SPREAD_MS * 2 ** attempt));
      }
      const dialled = performance.now();
      try {
        const back = { token: was.token, epoch: was.epoch, after: was.head };
        const caller = await call(target, { name, room }, back);
        taken.record(Math.round((performance.now() - dialled) * 1000));
        handshakes.record(Math.round((caller.connection.openedAt - dialled) * 1000));
        const { catchUp, replayed } = caller.membership;
        const exact = replayed.every((seq, index) => seq === was.head + 1 + index);
        if (catchUp !== 'replayed' || replayed.length !== MISSED || !exact) {
          wrong.push(`${name} got ${replayed.length} of ${MISSED} events, ${catchUp}`);
        }
        return caller;
      } catch (error) {
        retries += 1;
        why = String(error);
      }
    }
    wrong.push(`${name} did not get back in ${ATTEMPTS} attempts: ${why}`);
    return undefined;
  };

  const begun = performance.now();
  const cpu = process.cpuUsage();
  const coming = [];
  for (const [index, name] of names.entries()) {
    coming.push(comeBack(name));
    // Else its own dialling would hold up the answers to those who have dialled.
    if (index % DIALS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const returned = await Promise.all(coming);
  const allBackMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  for (const caller of [talker, ...returned]) caller?.connection.close();
  return {
    values: {
      allBackMs,
      handshakeP99: handshakes.quantile(0.99) / 1000,
      p99: taken.quantile(0.99) / 1000,
      retries,
    },
    generatorCpu: (user + system) / 1e3 / allBackMs,
    wrong: wrong.slice(0, 3),
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
