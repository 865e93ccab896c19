import {
  type Client,
  type ClientOptions,
  createClient,
  type Room,
} from '../../src/client/index.ts';
import { FakeClock } from './fake-clock.ts';
import { ModelServer } from './model-server.ts';
import { Network } from './network.ts';
import { seeded } from './seed.ts';

/** A model server, a network and a clock, and clients in them. */
export function makeWorld(latency?: () => number) {
  const clock = new FakeClock();
  const server = new ModelServer(clock);
  const network = new Network(clock, server, latency);

  function client(options: Partial<ClientOptions> = {}): Client {
    const { transport } = network;
    const who = options.token === undefined ? { name: 'ann' } : {};
    const url = 'http://chat.test';
    return createClient({ url, ...who, clock, random: seeded(1), transport, ...options });
  }

  /** A client that is online and in `general`. */
  async function inGeneral(options?: Partial<ClientOptions>): Promise<{ ann: Client; room: Room }> {
    const ann = client(options);
    const room = ann.room('general');
    const joined = room.join();
    await clock.advance(500);
    await joined;
    return { ann, room };
  }

  return { clock, server, network, client, inGeneral };
}

/** The texts of a timeline, with what is not sent in brackets. */
export function texts(room: Room): string[] {
  return room.timeline.get().messages.map(({ state, text }) => {
    return state === 'sent' ? text : `[${state}] ${text}`;
  });
}
