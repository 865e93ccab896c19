import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';
import { firstInSight, measured, scrollTo, stopped, until, watch } from './support/reading.ts';

async function withBob(t: TestContext) {
  const { url } = await serverFor(t);
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  await bob.room('general').join();
  const say = async (many: number, word = 'word') => {
    const sent = Array.from({ length: many }, (_, n) => bob.room('general').send(`${word} ${n}`));
    const receipts = await Promise.all(sent.map(({ acked }) => acked));
    return receipts.at(-1)?.seq ?? 0;
  };
  return { url, bob, say };
}

test('back in a room one lands at the first unread message, however far back', async (t) => {
  const { url, bob, say } = await withBob(t);
  const context = await person(t);
  if (context === undefined) return;
  await say(30, 'read');
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('article').filter({ hasText: 'read 29' }).waitFor();
  await ann.getByRole('textbox').fill('/join ops');
  await ann.getByRole('textbox').press('Enter');
  await ann.getByRole('textbox', { name: 'Message to ops' }).waitFor();
  await say(150, 'unread');
  await ann.getByRole('link', { name: /general.*150 unread/ }).waitFor();
  assert.match(await ann.title(), /^\(99\+\) #ops/);

  await ann.reload();
  await ann.getByRole('link', { name: /general.*150 unread/ }).click();
  const divider = ann.locator('.divider.unread');
  await divider.waitFor();
  assert.ok((await measured(ann)).below > 0, 'not at the newest');
  const first = ann.getByText('unread 0', { exact: true });
  assert.ok(await first.isVisible());
  assert.ok(await ann.getByText('read 29', { exact: true }).isVisible(), 'and what was before it');
  const down = async (one: Locator) => (await one.boundingBox())?.y ?? Number.NaN;
  assert.ok((await down(divider)) < (await down(first)));

  // Reading down to the end clears the count.
  await ann.getByRole('button', { name: 'Jump to latest' }).click();
  await ann
    .getByRole('link', { name: /general/ })
    .and(ann.locator(':not(.has-unread)'))
    .waitFor();
  await bob.room('general').send('more').acked;
  await ann.getByRole('article').filter({ hasText: 'more' }).waitFor();
  await ann
    .getByRole('link', { name: /general/ })
    .and(ann.locator(':not(.has-unread)'))
    .waitFor();
});

test('who looks away and back sees where what is new begins', async (t) => {
  const { url, say } = await withBob(t);
  const context = await person(t);
  if (context === undefined) return;
  await say(3, 'seen');
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('article').filter({ hasText: 'seen 2' }).waitFor();
  const divider = ann.locator('.divider.unread');
  assert.equal(await divider.count(), 0);
  const look = (looks: boolean) =>
    ann.evaluate((now) => {
      document.hasFocus = () => now;
      dispatchEvent(new Event(now ? 'focus' : 'blur'));
    }, looks);
  await look(false);
  await say(2, 'new');
  await divider.waitFor();
  const order = await ann
    .locator('.divider.unread, article')
    .evaluateAll((all) => all.map((one) => one.querySelector('.body')?.textContent ?? 'here'));
  assert.deepEqual(order, ['seen 0', 'seen 1', 'seen 2', 'here', 'new 0', 'new 1']);
  await look(true);
  await ann.getByRole('article').filter({ hasText: 'new 1' }).waitFor();
  assert.equal(await divider.count(), 1, 'it stays while one reads');
  await look(false);
  await divider.waitFor({ state: 'detached' });
  await look(true);
  assert.equal(await divider.count(), 0, 'what was read is new no more');
});

test('a reply leads to what it answers, also where that was not loaded, and the focus goes along', async (t) => {
  const { url, bob, say } = await withBob(t);
  const context = await person(t);
  if (context === undefined) return;
  const { seq } = await bob.room('general').send('the question').acked;
  await say(400);
  await bob.room('general').send('the answer', { replyTo: seq }).acked;
  const ann = await signedIn(context, url, 'ann');
  const answer = ann.getByRole('article').filter({ hasText: 'the answer' });
  await answer.getByRole('button', { name: 'In reply to an earlier message' }).click();
  const question = ann.getByText('the question', { exact: true });
  await ann.locator('article:focus').filter({ has: question }).waitFor();
  assert.ok((await measured(ann)).rows <= 300);
});

test('who cannot look hears one message as it is, and a flood as a number', async (t) => {
  const { url, bob, say } = await withBob(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const spoken = ann.locator('[aria-live=polite]').filter({ hasText: /./ });
  // What was said before she was in the room would not be told.
  await ann.getByRole('heading', { name: 'Nothing has been said here yet' }).waitFor();
  await bob.room('general').send('hello **all**').acked;
  await spoken.filter({ hasText: 'bob: hello all' }).waitFor();
  await say(12);
  await spoken.filter({ hasText: /^12 new messages$/ }).waitFor();
});

test('who cannot look is told whose a message is, also where no name stands above it', async (t) => {
  const { url, say } = await withBob(t);
  const context = await person(t);
  if (context === undefined) return;
  await say(2);
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('article').filter({ hasText: 'word 1' }).waitFor();
  const listener = await context.newCDPSession(ann);
  const { nodes } = await listener.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const heard = (id: string): string => {
    const node = byId.get(id);
    if (node?.role?.value === 'StaticText') return String(node.name?.value);
    return (node?.childIds ?? []).map(heard).join(' ');
  };
  const articles = nodes.filter(({ role }) => role?.value === 'article');
  const messages = articles.map(({ nodeId }) => heard(nodeId));
  assert.equal(messages.length, 2);
  assert.match(messages[0] ?? '', /bob .*word 0/);
  assert.match(messages[1] ?? '', /bob +word 1/);
});

test('who is typing is shown, and moves nothing', async (t) => {
  const { url, bob, say } = await withBob(t);
  const context = await person(t);
  if (context === undefined) return;
  await say(60);
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('article').first().waitFor();
  await until(ann, ({ below }) => below <= 1);
  const watching = await watch(ann, await firstInSight(ann));
  bob.room('general').typing();
  await ann.getByText('bob is typing').waitFor();
  assert.ok((await stopped(watching)) < 1);
});

test('on a phone the rooms are a drawer, and what is read keeps its place when the keyboard comes', async (t) => {
  const { url, say } = await withBob(t);
  const context = await person(t, { viewport: { width: 390, height: 844 }, hasTouch: true });
  if (context === undefined) return;
  await say(80);
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('article').first().waitFor();
  const width = await ann.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 390, 'nothing is wider than the screen');
  const rooms = ann.getByRole('navigation', { name: 'Rooms' });
  assert.equal(await rooms.isVisible(), false);
  await ann.getByRole('button', { name: 'Show rooms' }).tap();
  await rooms.getByRole('link', { name: /general/ }).tap();
  await rooms.waitFor({ state: 'hidden' });

  await until(ann, ({ below }) => below <= 1);
  await ann.setViewportSize({ width: 390, height: 500 });
  await until(ann, ({ below, screen }) => below <= 1 && screen < 500);
  await ann.setViewportSize({ width: 390, height: 844 });
  await scrollTo(ann, (await measured(ann)).above - 500);
  await ann.getByRole('button', { name: 'Jump to latest' }).waitFor();
  const watching = await watch(ann, await firstInSight(ann));
  await ann.setViewportSize({ width: 390, height: 500 });
  await until(ann, ({ screen }) => screen < 500);
  assert.ok((await stopped(watching)) < 1);
});
