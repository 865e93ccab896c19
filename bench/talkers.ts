/**
 * People who talk, in a process of their own, so that whoever measures a client is not kept
 * busy by what they hear: `node talkers.ts URL`, then a message for each flood.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../src/client/index.ts';

/** So many messages a second, for so many seconds. */
export type Flood = { readonly rate: number; readonly seconds: number };

const NAMES = ['ann', 'bob', 'cy', 'dee'];
const PAUSE_MS = 5;

const url = process.argv[2] ?? '';
const talkers = NAMES.map((name) => createClient({ url, name }));
await Promise.all(talkers.map((talker) => talker.room('general').join()));
process.send?.('ready');
process.on('message', (flood: Flood) => {
  void say(flood).then(() => process.send?.('done'));
});

/** Evenly. */
async function say({ rate, seconds }: Flood): Promise<void> {
  const began = performance.now();
  for (let said = 0; said < rate * seconds; ) {
    const due = Math.min(rate * seconds, ((performance.now() - began) / 1_000) * rate);
    for (; said < due; said += 1) {
      const words = `message ${said} of the flood, as long as people write when they write to each other`;
      const text = said % 5 === 0 ? `${words}, **some** of it with \`marks\`` : words;
      talkers[said % talkers.length]?.room('general').send(text);
    }
    await sleep(PAUSE_MS);
  }
}
