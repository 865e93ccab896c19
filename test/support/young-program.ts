import { setImmediate as turn } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { boundYoungGeneration } from '../../src/cli/young-generation.ts';

/** Prints how many megabytes the young generation grows to while busy, before and after a rest. */

boundYoungGeneration();

function size(): number {
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return Number(space?.space_size) / 1024 / 1024;
}

/** Much that lives for a while. */
async function busy(): Promise<number> {
  const held: object[] = [];
  for (let n = 0; n < 1_000_000; n += 1) {
    held[n % 60_000] = { n, list: [n] };
    if (n % 3_000 === 0) await turn();
  }
  return size();
}

const first = await busy();
// The collection that gives back all it can, as V8's own do where little happens.
globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
const rested = size();
console.log(JSON.stringify({ first, rested, second: await busy() }));
