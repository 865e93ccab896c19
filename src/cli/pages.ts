import { ChinwagError, type Client, type HistoryQuery, type Room } from '../client/index.ts';

type Page = Awaited<ReturnType<Room['history']>>;
type Messages = Page['messages'];

const PAGE = 200;

/** A page of a room's history, asked for again until a connection lasts that long. */
export async function page(client: Client, room: string, query: HistoryQuery): Promise<Page> {
  for (;;) {
    await client.ready();
    try {
      return await client.room(room).history(query);
    } catch (error) {
      const isBroken = error instanceof ChinwagError && error.code === 'disconnected';
      if (!isBroken) throw error;
    }
  }
}

/** Everything that was said after `seq`, oldest first, up to now. */
export async function* pagesAfter(
  client: Client,
  room: string,
  seq: number,
): AsyncGenerator<Messages> {
  for (let after = seq, more = true; more; ) {
    const { messages, hasNewer } = await page(client, room, { after, limit: PAGE });
    yield messages;
    after = messages.at(-1)?.seq ?? after;
    more = hasNewer && messages.length > 0;
  }
}
