import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
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
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  // Pages come, and nothing else: a tab that opens while the server is dead is another page.
  let isAway = false;
  const ends: (() => Promise<void>)[] = [];
  await context.routeWebSocket(/\/ws$/, (socket) => {
    const end = () => socket.close({ code: 1012 });
    if (isAway) return void end();
    socket.connectToServer();
    ends.push(end);
  });
  const one = await signedIn(context, url, 'ann');
  const other = await context.newPage();
  await other.goto(url);
  await writing(other).waitFor();
  isAway = true;
  for (const end of ends) await end();
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

  isAway = false;
  await other.evaluate(() => dispatchEvent(new Event('online')));
  await other.locator('article.sent').filter({ hasText: 'written in the one' }).waitFor();
  const bob = createClient({ url, name: 'bob' });
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
  await writing(other).fill('a question');
  await writing(other).press('Enter');
  await other.locator('article:not(.pending)').hover();
  await other.getByRole('button', { name: 'Reply' }).click();
  await writing(other).fill('a draft');
  await one.getByRole('button', { name: 'Settings' }).click();
  await one.getByRole('button', { name: 'Sign out' }).click();
  for (const tab of [one, other]) await tab.getByLabel('Your name').waitFor();
  const left = await one.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(left, []);
});
