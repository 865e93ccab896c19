import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { createClient } from '../../src/client/index.ts';
import { serve } from '../support/process.ts';
import { serverFor, temporaryFolder } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

const writing = (page: Page) => page.getByRole('textbox', { name: /^Message to / });
const saying = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

test('two tabs are one person, and each says what is written in it', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const one = await signedIn(context, url, 'ann');
  const other = await context.newPage();
  await other.goto(url);
  await writing(other).fill('from the other');
  await writing(other).press('Enter');
  await saying(one, 'from the other').waitFor();
  await writing(one).fill('from the one');
  await writing(one).press('Enter');
  await saying(other, 'from the one').waitFor();
  assert.equal(await one.locator('.members li').count(), 1, 'one person is here');
});

test('a message that waits is sent by one tab alone, and by another when that one closes', async (t) => {
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data);
  const { port } = new URL(first.url);
  const context = await person(t);
  if (context === undefined) return;
  const one = await signedIn(context, first.url, 'ann');
  const other = await context.newPage();
  await other.goto(first.url);
  await writing(other).waitFor();
  await first.kill();
  await one.getByText('The server is away').waitFor();
  await writing(one).fill('written in the one');
  await writing(one).press('Enter');
  await saying(one, 'Kept here').waitFor();
  // A tab that opens now must leave to the one what is the one's.
  await other.reload();
  await other.getByText('The server is away').waitFor();
  assert.equal(await saying(other, 'written in the one').count(), 0);
  await one.close();
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await saying(other, 'Kept here').waitFor();

  const second = await serve(t, data, { args: ['--port', port] });
  await saying(other, 'Kept here').waitFor({ state: 'detached' });
  const bob = createClient({ url: second.url, name: 'bob' });
  t.after(() => bob.close());
  await bob.room('general').join();
  const texts = bob
    .room('general')
    .timeline.get()
    .messages.map(({ text }) => text);
  assert.deepEqual(texts, ['written in the one']);
});

test('who signs out in one tab is signed out in all, and leaves nothing behind', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const one = await signedIn(context, url, 'ann');
  const other = await context.newPage();
  await other.goto(url);
  await writing(other).fill('a draft');
  await one.getByRole('button', { name: 'Settings' }).click();
  await one.getByRole('button', { name: 'Sign out' }).click();
  for (const tab of [one, other]) await tab.getByLabel('Your name').waitFor();
  const left = await one.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(left, []);
});
