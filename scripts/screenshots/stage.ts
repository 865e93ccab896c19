import { type Client, createClient } from '../../src/client/index.ts';
import { systemClock } from '../../src/server/clock.ts';
import { configFrom } from '../../src/server/config.ts';
import { startServer } from '../../src/server/server.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { lines, now, read, reader, rooms } from './conversation.ts';

const MINUTE_MS = 60_000;

/** A server in whose rooms the conversation has been held, and the people who are still there. */
export interface Stage {
  readonly url: string;
  /** What makes one the reader. */
  readonly token: string;
  /** When the pictures are taken, by the server's clock. */
  readonly now: number;
  person(name: string): Client;
  end(): Promise<void>;
}

/** Everybody says their lines, the first of them at `begin`; the reader's read mark stays where she stopped. */
export async function converse(begin: number): Promise<Stage> {
  let wall = begin;
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const server = await startServer(configFrom({ port: '0', 'rate-limit': 'off' }, {}), {
    log: silent,
    storage: new MemoryStorage(),
    clock: { ...systemClock, wall: () => wall },
  });
  const people = new Map<string, Client>();
  const person = (name: string) => {
    const found = people.get(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  for (const name of new Set([reader, ...lines.map(({ from }) => from)])) {
    const client = createClient({ url: server.url, name });
    people.set(name, client);
    await client.ready();
  }
  for (const { room, title, topic } of rooms) {
    if (room !== 'general') await person('Dmitri').create({ room, title });
    for (const one of people.values()) await one.room(room).join();
    if (topic !== '') await person('Dmitri').room(room).setTopic(topic);
  }
  const said = new Map<string, number[]>(rooms.map(({ room }) => [room, []]));
  for (const { room, at, from, text, answers } of lines.toSorted((a, b) => a.at - b.at)) {
    wall = begin + at * MINUTE_MS;
    const before = said.get(room) ?? [];
    const replyTo = answers === undefined ? undefined : before.at(-answers);
    const sent = person(from)
      .room(room)
      .send(text, replyTo === undefined ? {} : { replyTo });
    before.push((await sent.acked).seq);
  }
  wall = begin + now * MINUTE_MS;
  const hasRead = (room: string, seq = 0) => person(reader).room(room).read(seq);
  hasRead('general', said.get('general')?.[read - 1]);
  hasRead('design', said.get('design')?.at(-1));
  const { token } = await person(reader).ready();
  if (token === undefined) throw new Error('the reader got no token');
  return {
    url: server.url,
    token,
    now: wall,
    person,
    async end() {
      for (const client of people.values()) client.close();
      await server.stop();
    },
  };
}
