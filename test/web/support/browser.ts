import { after, type TestContext } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { lacking } from '../../support/tools.ts';
import { startChromium } from './chromium.ts';

/** A machine that does much else is slow. */
const PATIENCE_MS = 15_000;

let started: Promise<Browser | undefined> | undefined;

/** The one browser of this file of tests; undefined, said aloud, where the machine has none. */
async function browser(test: TestContext): Promise<Browser | undefined> {
  started ??= startChromium();
  const running = await started;
  if (running === undefined) lacking(test, 'no chromium is there');
  return running;
}

after(async () => (await started)?.close());

/** Somebody's browser: nothing is shared with another's. Undefined where there is none at all. */
export async function person(
  test: TestContext,
  options: BrowserContextOptions = {},
): Promise<BrowserContext | undefined> {
  const context = await (await browser(test))?.newContext(options);
  if (context === undefined) return undefined;
  context.setDefaultTimeout(PATIENCE_MS);
  test.after(() => context.close());
  return context;
}

/** A page at the server, and this person's name given. */
export async function signedIn(context: BrowserContext, url: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your name').press('Enter');
  await page.getByRole('textbox', { name: /^Message to / }).waitFor();
  return page;
}
