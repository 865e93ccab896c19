import type { RoomList } from '../chat/room-list.ts';
import { ChinwagError, type Client } from '../client/index.ts';
import { capitalised } from './capitalised.ts';
import type { Drafts } from './drafts.ts';
import type { Settings } from './settings.ts';
import type { Effect } from './step.ts';
import type { Happening } from './update.ts';

/** What effects act upon. */
export interface World {
  readonly client: Client;
  readonly list: RoomList;
  readonly drafts: Drafts;
  /** The room that is looked at. */
  readonly room: string;
  open(room: string): void;
  happened(happening: Happening): void;
  keepSettings(settings: Settings): void;
  signIn(name: string): void;
  repaint(): void;
  quit(): void;
}

/** Does what a step asked for. What the server refuses is said, and nothing else happens. */
export function carryOut(effect: Effect, world: World): void {
  const { client, list, drafts } = world;
  switch (effect.do) {
    case 'send': {
      const { replyTo } = effect;
      client.room(effect.room).send(effect.text, replyTo === undefined ? {} : { replyTo });
      break;
    }
    case 'retry':
      attempt(world, async () => client.room(effect.room).retry(effect.key));
      break;
    case 'discard':
      attempt(world, () => client.room(effect.room).discard(effect.key));
      break;
    case 'open':
      world.open(effect.room);
      break;
    case 'openNext': {
      const next = list.next(world.room);
      if (next === undefined) say(world, 'Nothing new anywhere.');
      else world.open(next);
      break;
    }
    case 'create': {
      const { room, title } = effect;
      attempt(world, async () => {
        await client.create({ room, ...(title === undefined ? {} : { title }) });
        world.open(room);
      });
      break;
    }
    case 'leave':
      attempt(world, () => leave(world, effect.room));
      break;
    case 'setTopic':
      attempt(world, () => client.room(effect.room).setTopic(effect.topic));
      break;
    case 'list':
      attempt(world, async () => {
        const rooms = await client.rooms(effect.query);
        world.happened({ kind: 'listed', rooms, isPage: effect.isPage });
      });
      break;
    case 'read':
      client.room(effect.room).read(effect.seq);
      break;
    case 'typing':
      client.room(effect.room).typing();
      break;
    case 'keepDraft':
      drafts.write(effect.room, effect.text);
      break;
    case 'keepSettings':
      world.keepSettings(effect.settings);
      break;
    case 'signIn':
      world.signIn(effect.name);
      break;
    case 'repaint':
      world.repaint();
      break;
    case 'quit':
      world.quit();
      break;
  }
}

async function leave(world: World, name: string): Promise<void> {
  const next = world.list.get().find(({ room }) => room !== name);
  await world.client.room(name).leave();
  if (name === world.room && next !== undefined) world.open(next.room);
  say(world, `You left #${name}. /join ${name} brings you back.`);
}

function attempt(world: World, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    if (!(error instanceof ChinwagError)) throw error;
    say(world, capitalised(error.message), true);
  });
}

function say(world: World, text: string, isBad = false): void {
  world.happened({ kind: 'said', text, isBad });
}
