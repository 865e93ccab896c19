import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

test('what is opened has the focus at once, and gives it back however it is closed', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const { keyboard } = ann;
  const dialog = ann.getByRole('dialog');
  const gone = () => dialog.waitFor({ state: 'detached' });

  await keyboard.press('Control+k');
  await dialog.waitFor();
  assert.equal(await focused(ann), 'Find a room or a command');
  await keyboard.type('settings');
  await keyboard.press('Enter');
  await ann.getByRole('dialog', { name: 'Settings' }).waitFor();
  await keyboard.press('Escape');
  await gone();
  assert.equal(await focused(ann), 'Message to general', 'after one that followed another');

  await keyboard.press('Control+/');
  await ann.getByRole('button', { name: 'Close' }).click();
  await gone();
  assert.equal(await focused(ann), 'Message to general', 'after the button');

  await keyboard.press('Control+/');
  await dialog.waitFor();
  await ann.mouse.click(4, 4);
  await gone();
  assert.equal(await focused(ann), 'Message to general', 'after a click beside it');
});

test('text that is marked out of a dialog with the mouse does not close it', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  await ann.keyboard.press('Control+k');
  await ann.keyboard.type('nowhere');
  const field = await ann.getByRole('combobox').boundingBox();
  if (field === null) throw new Error('there is no field');
  await ann.mouse.move(field.x + 40, field.y + field.height / 2);
  await ann.mouse.down();
  await ann.mouse.move(4, field.y + field.height / 2);
  await ann.mouse.up();
  await ann.keyboard.type('gen');
  assert.match(await ann.getByRole('combobox').inputValue(), /^gen/);
});

test('on a phone a drawer takes the focus in, what is under it is out of reach, and Escape leads back', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  for (const [opener, inside] of [
    ['Show rooms', '#general'],
    ['Members, 1 here', 'Here now: 1'],
  ] as const) {
    await ann.getByRole('button', { name: opener }).tap();
    assert.equal(await focused(ann), inside);
    await ann.getByRole('textbox').evaluate((field) => field.focus());
    assert.equal(await focused(ann), inside, 'nobody can get under it');
    await ann.keyboard.press('Escape');
    assert.equal(await focused(ann), opener);
  }
  await ann.getByRole('button', { name: 'Show rooms' }).tap();
  await ann.setViewportSize({ width: 1200, height: 800 });
  await ann.getByRole('textbox').fill('with place for all nothing is locked');
  await ann.setViewportSize({ width: 390, height: 844 });
  await ann.getByRole('button', { name: 'Show rooms' }).tap();
  await ann.getByRole('link', { name: 'general' }).tap();
  await ann.getByRole('navigation', { name: 'Rooms' }).waitFor({ state: 'hidden' });
  assert.notEqual(await ann.evaluate(() => document.activeElement?.tagName), 'BODY');
});
