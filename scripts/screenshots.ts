import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Client, createClient } from '../src/client/index.ts';
import { systemClock } from '../src/server/clock.ts';
import { configFrom } from '../src/server/config.ts';
import { startServer } from '../src/server/server.ts';
import { MemoryStorage } from '../src/server/storage/memory.ts';
import { startChromium } from '../test/web/support/chromium.ts';
import { lines, now, read, reader, rooms } from './screenshots/conversation.ts';

/**
 * `npm run screenshots -- FOLDER`: pictures of the browser client with a conversation in it, as
 * it is on a phone, a tablet and a desk, light and dark.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('say where: npm run screenshots -- FOLDER');
mkdirSync(folder, { recursive: true });

const MINUTE_MS = 60_000;
const BEGIN = Date.parse('2026-03-10T16:48:00Z');
const NOW = BEGIN + now * MINUTE_MS;

const sizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
] as const;

let wall = BEGIN;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const server = await startServer(configFrom({ port: '0', 'rate-limit': 'off' }, {}), {
  log: silent,
  storage: new MemoryStorage(),
  clock: { ...systemClock, wall: () => wall },
});
const people = new Map<string, Client>();

/** Everybody says their lines; the reader's read mark stays where she stopped. */
async function converse(): Promise<string> {
  for (const name of new Set([reader, ...lines.map(({ from }) => from)])) {
    const client = createClient({ url: server.url, name });
    people.set(name, client);
    await client.ready();
  }
  const client = (name: string) => {
    const found = people.get(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  for (const { room, title, topic } of rooms) {
    if (room !== 'general') await client('Dmitri').create({ room, title });
    for (const one of people.values()) await one.room(room).join();
    if (topic !== '') await client('Dmitri').room(room).setTopic(topic);
  }
  const said = new Map<string, number[]>(rooms.map(({ room }) => [room, []]));
  for (const { room, at, from, text, answers } of lines.toSorted((a, b) => a.at - b.at)) {
    wall = BEGIN + at * MINUTE_MS;
    const before = said.get(room) ?? [];
    const replyTo = answers === undefined ? undefined : before.at(-answers);
    const sent = client(from)
      .room(room)
      .send(text, replyTo === undefined ? {} : { replyTo });
    before.push((await sent.acked).seq);
  }
  wall = NOW;
  client(reader)
    .room('general')
    .read(said.get('general')?.[read - 1] ?? 0);
  client(reader)
    .room('design')
    .read(said.get('design')?.at(-1) ?? 0);
  const { token } = await client(reader).ready();
  if (token === undefined) throw new Error('the reader got no token');
  return token;
}

const token = await converse();

interface Shot {
  readonly name: string;
  /** Only at these widths; at all of them where it says none. */
  readonly widths?: readonly number[];
  readonly path?: string;
  readonly isStranger?: boolean;
  readonly prepare?: (page: Page) => Promise<void>;
}

const write = (page: Page) => page.getByRole('textbox', { name: /^Message to / });
const command = (text: string) => async (page: Page) => {
  await write(page).fill(text);
  await write(page).press('Enter');
  await page.getByRole('dialog').waitFor();
};

const shots: readonly Shot[] = [
  { name: 'room' },
  {
    name: 'sign-in',
    isStranger: true,
    prepare: (page) => page.getByLabel('Your name').fill('ann'),
  },
  { name: 'settings', widths: [390, 1440], prepare: command('/settings') },
  { name: 'help', widths: [390, 1440], prepare: command('/help') },
  { name: 'rooms', widths: [390, 1440], prepare: command('/rooms') },
  {
    name: 'palette',
    widths: [390, 1440],
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'suggestions',
    widths: [390, 1440],
    prepare: async (page) => {
      await write(page).pressSequentially('I think @');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'empty', widths: [390, 1440], path: '/room/quiet' },
  {
    name: 'drawer',
    widths: [390],
    prepare: (page) => page.getByRole('button', { name: 'Show rooms' }).click(),
  },
  {
    name: 'hover',
    widths: [1440],
    prepare: async (page) => {
      await page.getByRole('article').filter({ hasText: 'The query behind it' }).hover();
    },
  },
  {
    name: 'offline',
    widths: [390, 1440],
    prepare: async (page) => {
      await write(page).fill('Sent while the train was in the tunnel');
      await goAway(page);
      await page.getByText('Try now').waitFor();
      await write(page).press('Enter');
    },
  },
];

/** The pages whose server does not answer, and what ends their connection. */
const away = new Set<Page>();
const ends = new Map<Page, () => Promise<void>>();

async function goAway(page: Page): Promise<void> {
  away.add(page);
  await ends.get(page)?.();
}

/** Lets a page's connection through until its server is away. */
async function watch(page: Page): Promise<void> {
  await page.routeWebSocket(/\/ws$/, (socket) => {
    if (away.has(page)) {
      void socket.close({ code: 1012 });
      return;
    }
    socket.connectToServer();
    ends.set(page, () => socket.close({ code: 1012 }));
  });
}

async function shoot(browser: Browser): Promise<void> {
  for (const viewport of sizes) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const { name, widths, path = '/room/general', isStranger, prepare } of shots) {
        if (widths !== undefined && !widths.includes(viewport.width)) continue;
        const context = await browser.newContext({
          viewport,
          colorScheme,
          locale: 'en-GB',
          timezoneId: 'UTC',
          reducedMotion: 'reduce',
        });
        await context.clock.setFixedTime(NOW);
        // Nobody looks, so that what is new stays new for the next picture.
        await context.addInitScript('document.hasFocus = () => false');
        if (isStranger !== true) {
          const value = JSON.stringify(token);
          await context.addInitScript(`localStorage.setItem('chinwag.token', ${value})`);
        }
        const page = await context.newPage();
        await watch(page);
        await page.goto(`${server.url}${path}`);
        if (isStranger !== true) {
          await write(page).waitFor();
          await page
            .locator(path === '/room/general' ? '.code-keyword' : '.empty h2')
            .first()
            .waitFor();
        }
        await prepare?.(page);
        const file = join(folder ?? '', `${name}-${viewport.width}-${colorScheme}.png`);
        await page.screenshot({ path: file, animations: 'disabled' });
        await context.close();
      }
    }
  }
}

const browser = await startChromium();
if (browser === undefined) throw new Error('there is no chromium: install it and try again');
await shoot(browser);
await browser.close();
for (const client of people.values()) client.close();
await server.stop();
