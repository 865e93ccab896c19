import type { Client } from '../client/index.ts';
import { millisecondsIn } from './duration.ts';
import { UsageError } from './exit-codes.ts';
import { page } from './pages.ts';

/** Where to begin: after a `seq`, or at a time in milliseconds since the Unix epoch. */
export type Since = { readonly after: number } | { readonly at: number };

const SEQ = /^\d{1,15}$/;
const TIME = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/;

/** From `41`, `1h` or `2026-11-23T12:00`. Throws `UsageError`. */
export function sinceOf(text: string, now: number): Since {
  if (SEQ.test(text)) return { after: Number(text) };
  const ago = millisecondsIn(text);
  if (ago !== undefined) return { at: now - ago };
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { at };
  const forms = 'a time ago like 1h, a time like 2026-11-23T12:00, or the number of a message';
  throw new UsageError(`--since takes ${forms}, not "${text}"`);
}

/** The `seq` after which everything is since then: halving the history takes few questions. */
export async function seqBefore(client: Client, room: string, since: Since): Promise<number> {
  if ('after' in since) return since.after;
  let before = 0;
  let after = (await page(client, room, { limit: 1 })).messages[0]?.seq ?? 0;
  while (before < after) {
    const middle = Math.floor((before + after) / 2);
    const [next] = (await page(client, room, { after: middle, limit: 1 })).messages;
    if (next === undefined || next.at >= since.at) after = middle;
    else before = next.seq;
  }
  return after;
}

/** The `seq` after which there are the latest `count` messages. */
export async function seqBeforeLatest(
  client: Client,
  room: string,
  count: number,
): Promise<number> {
  const most = 200;
  let query = {};
  for (let left = count; ; left -= most) {
    const limit = Math.min(left, most);
    const { messages, hasOlder } = await page(client, room, { ...query, limit });
    const oldest = messages[0]?.seq;
    if (oldest === undefined) return 0;
    if (left <= most || !hasOlder) return oldest - 1;
    query = { before: oldest };
  }
}
