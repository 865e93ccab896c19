import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../test/web/support/chromium.ts';
import { converse } from './screenshots/stage.ts';

/**
 * `npm run screenshots -- FOLDER`: pictures of the browser client with a conversation in it, as
 * it is on a phone, a tablet and a desk, light and dark.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('say where: npm run screenshots -- FOLDER');
mkdirSync(folder, { recursive: true });

const BEGIN = Date.parse('2026-03-10T16:48:00Z');

const sizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
] as const;

const stage = await converse(BEGIN);

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
        await context.clock.setFixedTime(stage.now);
        // Nobody looks, so that what is new stays new for the next picture.
        await context.addInitScript('document.hasFocus = () => false');
        if (isStranger !== true) {
          const value = JSON.stringify(stage.token);
          await context.addInitScript(`localStorage.setItem('chinwag.token', ${value})`);
        }
        const page = await context.newPage();
        await watch(page);
        await page.goto(`${stage.url}${path}`);
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
await stage.end();
