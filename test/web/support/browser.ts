import { after, type TestContext } from 'node:test';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { isRoot, lacking, programFor } from '../../support/tools.ts';

/** Alone on this machine: a fresh profile, no word to anyone but the page's server. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A machine that does much else is slow. */
const PATIENCE_MS = 15_000;

let started: Promise<Browser> | undefined;

/** The one browser of this file of tests; undefined, said aloud, where the machine has none. */
async function browser(test: TestContext): Promise<Browser | undefined> {
  const executablePath = programFor('chromium');
  if (executablePath === undefined) {
    lacking(test, 'no chromium is there');
    return undefined;
  }
  started ??= chromium.launch({
    executablePath,
    args: isRoot() ? [...FLAGS, '--no-sandbox'] : FLAGS,
  });
  return started;
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
