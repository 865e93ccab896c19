import { Histogram } from '../src/load/histogram.ts';
import type { LoadPlan } from '../src/load/plan.ts';
import type { Target } from '../src/load/target.ts';
import { call } from './caller.ts';
import type { Outcome } from './measurement.ts';

const MESSAGES = 10_000;
const PAGE = 50;
const AT_ONCE = 100;

/** Fills a room, then has every member read pages from anywhere in it, one after another. */
export async function readPages(target: Target, plan: LoadPlan): Promise<Outcome> {
  const room = 'pages';
  const callers = await Promise.all(
    Array.from({ length: plan.members }, (_, index) =>
      call(target, { name: `reader-${index}`, room }),
    ),
  );
  const [writer] = callers;
  for (let written = 0; written < MESSAGES; written += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, () => 'x'.repeat(plan.size));
    await Promise.all(batch.map((text) => writer?.ask({ type: 'send', room, text })));
  }

  const taken = new Histogram();
  const wrong: string[] = [];
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const end = begun + plan.durationMs;
  const read = async (caller: (typeof callers)[number]) => {
    while (performance.now() < end) {
      const before = PAGE + 1 + Math.floor(Math.random() * (MESSAGES - PAGE));
      const asked = performance.now();
      const { messages } = await caller.ask({ type: 'history', room, before, limit: PAGE });
      taken.record(Math.round((performance.now() - asked) * 1000));
      const first: unknown = Array.isArray(messages) ? messages[0]?.seq : undefined;
      if (first !== before - PAGE) wrong.push(`a page before ${before} began with ${first}`);
    }
  };
  await Promise.all(callers.map(read));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const { connection } of callers) connection.close();
  return {
    values: {
      pagesPerSecond: taken.count / seconds,
      p50: taken.quantile(0.5) / 1000,
      p99: taken.quantile(0.99) / 1000,
    },
    generatorCpu: (user + system) / 1e6 / seconds,
    wrong: wrong.slice(0, 3),
  };
}
