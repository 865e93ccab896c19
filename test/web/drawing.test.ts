import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

declare global {
  interface Window {
    drawn: number;
  }
}

/** A room in which bob has said something, with ann in it. */
async function talked(t: TestContext, messages: number) {
  const { url } = await serverFor(t);
  const client = createClient({ url, name: 'bob' });
  t.after(() => client.close());
  const bob = client.room('general');
  await bob.join();
  for (let n = 1; n <= messages; n += 1) await bob.send(`word ${n}.`).acked;
  const context = await person(t);
  if (context === undefined) return undefined;
  // A message writes its time for machines whenever it is drawn, and nothing else does.
  await context.addInitScript(() => {
    window.drawn = 0;
    const { toISOString } = Date.prototype;
    Date.prototype.toISOString = function written() {
      window.drawn += 1;
      return toISOString.call(this);
    };
  });
  const ann = await signedIn(context, url, 'ann');
  await said(ann, `word ${messages}.`).waitFor();
  assert.ok((await ann.evaluate(() => window.drawn)) >= messages, 'the messages are counted');
  return { ann, bob };
}

function said(page: Page, text: string) {
  return page.getByRole('article').filter({ hasText: text });
}

/** How many messages were drawn while this was done. */
async function drawnBy(page: Page, doing: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    window.drawn = 0;
  });
  await doing();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  return page.evaluate(() => window.drawn);
}

test('a message that comes is drawn, and the one that Tab led to before it; no other', async (t) => {
  const setting = await talked(t, 30);
  if (setting === undefined) return;
  const { ann, bob } = setting;
  const drawn = await drawnBy(ann, async () => {
    for (let n = 31; n <= 35; n += 1) {
      await bob.send(`word ${n}.`).acked;
      await said(ann, `word ${n}.`).waitFor();
    }
  });
  assert.equal(drawn, 5 * 2);
});

test('a key draws no message, and neither do typing, a topic and those who come', async (t) => {
  const setting = await talked(t, 30);
  if (setting === undefined) return;
  const { ann, bob } = setting;
  const drawn = await drawnBy(ann, async () => {
    await ann.getByRole('textbox').pressSequentially('hello @bob');
    bob.typing();
    await ann.getByText('bob is typing').waitFor();
    await bob.setTopic('lunch');
    await ann.getByText('lunch', { exact: true }).waitFor();
  });
  assert.equal(drawn, 0);
});

test('looking away and back draws no message', async (t) => {
  const setting = await talked(t, 30);
  if (setting === undefined) return;
  const { ann } = setting;
  const drawn = await drawnBy(ann, async () => {
    for (const type of ['blur', 'focus']) {
      await ann.evaluate((name) => {
        dispatchEvent(new Event(name));
        return new Promise((resolve) => requestAnimationFrame(resolve));
      }, type);
    }
  });
  assert.equal(drawn, 0);
});

test('a message has its buttons where one points, and only that one is drawn for it', async (t) => {
  const setting = await talked(t, 30);
  if (setting === undefined) return;
  const { ann } = setting;
  const buttons = ann.getByRole('button', { name: 'Reply', exact: true });
  assert.equal(await buttons.count(), 0);
  const drawn = await drawnBy(ann, async () => {
    await said(ann, 'word 29.').hover();
    await said(ann, 'word 29.').getByRole('button', { name: 'Reply' }).waitFor();
  });
  assert.equal(drawn, 1);
  await said(ann, 'word 28.').hover();
  await said(ann, 'word 28.').getByRole('button', { name: 'Reply' }).click();
  await ann.getByText('Replying to bob').waitFor();
  assert.ok((await buttons.count()) <= 2, 'where one points, and where the focus was');
});
