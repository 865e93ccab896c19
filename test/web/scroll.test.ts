import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createClient, type Room } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';
import { firstInSight, measured, scrollTo, stopped, until, watch } from './support/reading.ts';

/** Rounding to device pixels may move what stands still by less than this. */
const STILL_PX = 1;

interface Setting {
  readonly ann: Page;
  readonly bob: Room;
}

/** A room in which bob has said so much already, with ann in it. */
async function talked(t: TestContext, messages: number): Promise<Setting | undefined> {
  const { url } = await serverFor(t);
  const client = createClient({ url, name: 'bob' });
  t.after(() => client.close());
  const bob = client.room('general');
  await bob.join();
  await says(bob, messages);
  const context = await person(t);
  if (context === undefined) return undefined;
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('article').first().waitFor();
  return { ann, bob };
}

/** Messages of one line to many, all different. */
async function says(room: Room, messages: number): Promise<void> {
  const sent = Array.from({ length: messages }, (_, n) =>
    room.send(`${n}: ${'what one says when there is much to say '.repeat((n * 7) % 11)}`),
  );
  await Promise.all(sent.map(({ acked }) => acked));
}

test('who is at the newest stays there, whatever is said', async (t) => {
  const setting = await talked(t, 80);
  if (setting === undefined) return;
  const { ann, bob } = setting;
  await until(ann, ({ below }) => below <= STILL_PX);
  await says(bob, 30);
  await bob.send('and this is the last').acked;
  await ann.getByRole('article').filter({ hasText: 'and this is the last' }).waitFor();
  assert.ok((await measured(ann)).below <= STILL_PX);
});

test('scrolled up, nothing moves by a pixel while others talk', async (t) => {
  const setting = await talked(t, 80);
  if (setting === undefined) return;
  const { ann, bob } = setting;
  await until(ann, ({ above, screen }) => above > 2 * screen);
  await scrollTo(ann, (await measured(ann)).above - 400);
  await ann.getByRole('button', { name: 'Jump to latest' }).waitFor();
  const watching = await watch(ann, await firstInSight(ann));
  await says(bob, 500);
  await ann.getByRole('button', { name: '99+ new messages' }).waitFor();
  assert.ok((await stopped(watching)) < STILL_PX);
  assert.ok((await measured(ann)).rows <= 300);

  await ann.getByRole('button', { name: '99+ new messages' }).click();
  await until(ann, ({ below }) => below <= STILL_PX);
  await ann.getByRole('article').filter({ hasText: '499: ' }).waitFor();
});

test('older messages come two screens early, and nothing moves when they come', async (t) => {
  const setting = await talked(t, 900);
  if (setting === undefined) return;
  const { ann } = setting;
  await until(ann, ({ above, screen }) => above > 2 * screen);
  for (let page = 0; page < 12; page += 1) {
    const before = await measured(ann);
    await scrollTo(ann, before.above - before.screen);
    const watching = await watch(ann, await firstInSight(ann));
    await until(ann, ({ above, screen }) => above > 2 * screen);
    assert.ok((await stopped(watching)) < STILL_PX, `page ${page}`);
    assert.ok((await measured(ann)).rows <= 300);
  }
});

test('the oldest are trimmed as one reads down, and what is read stays', async (t) => {
  const setting = await talked(t, 900);
  if (setting === undefined) return;
  const { ann } = setting;
  while ((await measured(ann)).first !== 'seq 1') {
    await scrollTo(ann, 0);
    await until(ann, ({ above, screen, first }) => above > 2 * screen || first === 'seq 1');
  }
  await scrollTo(ann, 0);
  for (;;) {
    const before = await measured(ann);
    if (before.below <= STILL_PX) break;
    await scrollTo(ann, before.above + before.screen);
    const watching = await watch(ann, await firstInSight(ann));
    await until(ann, ({ below, screen }) => below > 2 * screen || below < before.below);
    assert.ok((await stopped(watching)) < STILL_PX);
    assert.ok((await measured(ann)).rows <= 300);
  }
  await ann.getByRole('article').filter({ hasText: '899: ' }).waitFor();
});
