import { ChinwagError, type Client, type SentMessage, systemClock } from '../client/index.ts';
import { pagesAfter } from './pages.ts';

type Message = Omit<SentMessage, 'state'>;

/**
 * Waits for the first reply to a message that is yet to be said: listens from now on, and
 * waits for `ms` from when it was said. Undefined where none came.
 */
export function replyTo(client: Client, room: string, ms: number) {
  const events = client.events('message');
  return async ({ seq }: { readonly seq: number }): Promise<Message | undefined> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancel = systemClock.after(ms, () => resolve(undefined));
    try {
      return await Promise.race([search(client, room, seq, events), promise]);
    } finally {
      cancel();
      await events.return?.();
    }
  };
}

async function search(
  client: Client,
  room: string,
  seq: number,
  events: ReturnType<typeof client.events<'message'>>,
): Promise<Message | undefined> {
  const isReply = (message: Message) => message.room === room && message.replyTo === seq;
  // The message may be an old one, said with the same key before, and have its reply already.
  const known = async () => {
    for await (const page of pagesAfter(client, room, seq)) {
      const reply = page.find(isReply);
      if (reply !== undefined) return reply;
    }
    return undefined;
  };
  const early = await known();
  if (early !== undefined) return early;
  for await (const event of events) {
    const reply = event.type === 'reset' ? await known() : isReply(event) ? event : undefined;
    if (reply !== undefined) return reply;
  }
  throw new ChinwagError('closed', 'the server ended the connection before a reply came');
}
