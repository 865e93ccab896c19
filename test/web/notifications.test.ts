import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';
import { answerNotifications, look, noticesOf, type Shown } from './support/notices.ts';
import { until } from './support/until.ts';

const NAMED = 'When I am named';
const EVERY = 'Every message';

/** Ann's browser, with the system's notices in the test's hands, and bob who talks to her. */
async function annAndBob(t: TestContext) {
  const { url } = await serverFor(t);
  const anns = await person(t);
  if (anns === undefined) return undefined;
  await answerNotifications(anns, 'granted');
  const ann = await signedIn(anns, url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await bob.ask({ type: 'join', room: 'ops' });
  const say = (text: string, room = 'general') => bob.ask({ type: 'send', room, text });
  /** A new page, in both rooms once this resolves. */
  const goToOps = async () => {
    const isBack = bob.seen(({ type, room }) => type === 'connected' && room === 'general');
    await ann.goto(`${url}/room/ops`);
    await isBack;
    await ann.getByRole('complementary').getByText('bob').waitFor();
  };
  return { url, anns, ann, say, goToOps };
}

async function choose(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText(kind, { exact: true }).click();
  await page.keyboard.press('Escape');
}

async function tabAt(context: BrowserContext, url: string, room: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/room/${room}`);
  await page.getByRole('complementary').getByText('bob').waitFor();
  return page;
}

function bodies(notices: readonly Shown[]): string[] {
  return notices.map(({ body }) => body);
}

test('nobody is asked for notifications before they choose them, and those who refuse get none', async (t) => {
  const { url } = await serverFor(t);
  const anns = await person(t);
  if (anns === undefined) return;
  await answerNotifications(anns, 'denied');
  const ann = await signedIn(anns, url, 'ann');
  const bob = await Peer.member(url, 'bob');
  await look(ann, false);
  await bob.ask({ type: 'send', room: 'general', text: 'hello @ann' });
  await ann.getByRole('article').filter({ hasText: 'hello @ann' }).waitFor();
  assert.equal((await noticesOf(ann)).asked, 0);
  await ann.getByRole('button', { name: 'Settings' }).click();
  await ann.getByText(NAMED, { exact: true }).click();
  await ann.getByText('The browser does not allow notifications').waitFor({ state: 'attached' });
  const { asked, shown } = await noticesOf(ann);
  assert.deepEqual({ asked, shown }, { asked: 1, shown: [] });
});

test('who is named is notified, once, in words that are safe to show; other messages are not', async (t) => {
  const place = await annAndBob(t);
  if (place === undefined) return;
  const { ann, say } = place;
  await choose(ann, NAMED);
  await look(ann, false);
  await say('nothing to see');
  await say('**hi** @ann \u202e see [here](https://example.org)');
  const { asked, shown } = await noticesOf(ann, 1);
  assert.equal(asked, 1);
  assert.deepEqual(shown, [
    { title: 'bob · #general', body: 'hi @ann see here', tag: 'chinwag.general', isClosed: false },
  ]);
});

test('every message notifies those who want it so, but not their own', async (t) => {
  const place = await annAndBob(t);
  if (place === undefined) return;
  const { ann, say } = place;
  await choose(ann, EVERY);
  const write = ann.getByRole('textbox', { name: 'Message to general' });
  await look(ann, false);
  await write.fill('my own');
  await write.press('Enter');
  await say('one');
  await say('two');
  assert.deepEqual(bodies((await noticesOf(ann, 2)).shown), ['one', 'two']);
});

test('a room that is in sight of somebody who looks does not notify; another room does', async (t) => {
  const place = await annAndBob(t);
  if (place === undefined) return;
  const { url, anns, ann, say, goToOps } = place;
  await choose(ann, NAMED);
  await goToOps();
  await say('@ann in sight', 'ops');
  await say('@ann elsewhere', 'general');
  assert.deepEqual(bodies((await noticesOf(ann, 1)).shown), ['@ann elsewhere']);

  const second = await tabAt(anns, url, 'general');
  await look(ann, false);
  await say('@ann in sight in the second tab', 'general');
  await say('@ann nowhere in sight', 'ops');
  const { shown } = await noticesOf(ann, 2);
  assert.deepEqual(bodies(shown), ['@ann elsewhere', '@ann nowhere in sight']);
  assert.deepEqual((await noticesOf(second)).shown, [], 'one tab notifies for all');
});

test('of several tabs one notifies; when it is closed another takes over', async (t) => {
  const place = await annAndBob(t);
  if (place === undefined) return;
  const { url, anns, ann, say } = place;
  await choose(ann, NAMED);
  const second = await tabAt(anns, url, 'general');
  await look(ann, false);
  await look(second, false);
  await say('@ann first');
  await noticesOf(ann, 1);
  await second.getByRole('article').filter({ hasText: '@ann first' }).waitFor();
  assert.deepEqual((await noticesOf(second)).shown, []);
  await ann.close();
  await until(second, 'another to notify', async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const isOne = ({ name }: LockInfo) => name === 'chinwag.notifier';
    // The closed tab may hold it for a moment more, while this one still waits.
    return held.some(isOne) && !pending.some(isOne);
  });
  await say('@ann second');
  assert.deepEqual(bodies((await noticesOf(second, 1)).shown), ['@ann second']);
});

test('a click on a notice brings its room to the front', async (t) => {
  const place = await annAndBob(t);
  if (place === undefined) return;
  const { ann, say, goToOps } = place;
  await choose(ann, NAMED);
  await goToOps();
  await say('@ann come here', 'general');
  await noticesOf(ann, 1);
  await ann.evaluate(() => {
    window.fake.focused = false;
    window.fake.shown[0]?.onclick?.();
  });
  await ann.getByRole('textbox', { name: 'Message to general' }).waitFor();
  const [notice] = (await noticesOf(ann)).shown;
  assert.equal(notice?.isClosed, true);
  assert.equal(await ann.evaluate(() => window.fake.focused), true);
});

test('the title and the icon of the tab say what waits, until it is read', async (t) => {
  const place = await annAndBob(t);
  if (place === undefined) return;
  const { ann, say } = place;
  const icon = () => ann.locator('link[rel="icon"]').getAttribute('href');
  const titled = (title: string) =>
    ann.waitForFunction((wanted) => document.title === wanted, title);
  await titled('#general · chinwag');
  assert.equal(await icon(), '/icon.svg');
  await look(ann, false);
  await say('one');
  await say('two');
  await titled('(2) #general · chinwag');
  assert.equal(await icon(), '/waiting/unread.svg');
  await say('@ann three');
  await titled('(1) #general · chinwag');
  assert.equal(await icon(), '/waiting/1.svg');
  for (let n = 0; n < 10; n += 1) await say(`@ann ${n}`);
  await titled('(11) #general · chinwag');
  assert.equal(await icon(), '/waiting/many.svg');
  for (const name of ['unread', '1', '9', 'many']) {
    const response = await ann.request.get(new URL(`/waiting/${name}.svg`, ann.url()).href);
    assert.equal(response.headers()['content-type'], 'image/svg+xml', name);
  }
  await look(ann, true);
  await titled('#general · chinwag');
  assert.equal(await icon(), '/icon.svg');
});
