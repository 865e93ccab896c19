import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person } from './support/browser.ts';

test('everything can be done without a mouse', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  await bob.room('general').join();
  await bob.room('ops').join();
  await bob.room('general').send('shall we?').acked;

  const ann = await context.newPage();
  const { keyboard } = ann;
  const focused = () => ann.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await ann.goto(url);
  await ann.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await keyboard.type('ann');
  await keyboard.press('Enter');
  await ann.getByRole('article').filter({ hasText: 'shall we?' }).waitFor();
  assert.equal(await focused(), 'Message to general');

  // A reply to a message, chosen with the arrows.
  await keyboard.press('ArrowUp');
  await keyboard.press('r');
  await ann.getByText('Replying to bob').waitFor();
  assert.equal(await focused(), 'Message to general');
  await keyboard.type('yes, two lines:');
  await keyboard.press('Shift+Enter');
  await keyboard.type('this is the second, @b');
  await ann.getByRole('option', { name: 'bob' }).waitFor();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  const answer = ann.getByRole('article').filter({ hasText: 'this is the second, @bob' });
  await answer.getByRole('button', { name: /In reply to/ }).waitFor();
  const [, sent] = bob.room('general').timeline.get().messages;
  assert.equal(sent?.text.trim(), 'yes, two lines:\nthis is the second, @bob');
  assert.equal(sent?.replyTo, 1);

  // To a room and back, and to whatever is new.
  await keyboard.press('Control+k');
  await ann.getByRole('dialog').waitFor();
  await keyboard.type('ops');
  await keyboard.press('Enter');
  await ann.getByRole('textbox', { name: 'Message to ops' }).waitFor();
  await bob.room('general').send('@ann come back').acked;
  await ann.getByRole('link', { name: /general.*1 mention/ }).waitFor();
  await keyboard.press('Alt+a');
  await ann.getByRole('textbox', { name: 'Message to general' }).waitFor();
  await ann.getByRole('article').filter({ hasText: 'come back' }).waitFor();

  // Help and back: the focus is where it was.
  await keyboard.press('Control+/');
  await ann.getByRole('dialog', { name: 'Keys and commands' }).waitFor();
  await keyboard.press('Escape');
  await ann.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(), 'Message to general');

  await keyboard.type('/create lunch Where we eat');
  await keyboard.press('Enter');
  await ann.getByRole('heading', { name: /lunch/ }).waitFor();
});

test('Enter does not send while an input method composes', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await context.newPage();
  await ann.goto(url);
  await ann.getByLabel('Your name').fill('ann');
  await ann.keyboard.press('Enter');
  const write = ann.getByRole('textbox', { name: 'Message to general' });
  await write.waitFor();
  const session = await context.newCDPSession(ann);
  await session.send('Input.imeSetComposition', {
    text: 'にほ',
    selectionStart: 2,
    selectionEnd: 2,
  });
  await write.evaluate((field) => {
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init });
      field.dispatchEvent(event);
    }
  });
  await session.send('Input.insertText', { text: '日本' });
  assert.equal(await write.inputValue(), '日本');
  await write.press('Enter');
  await ann.getByRole('article').filter({ hasText: '日本' }).waitFor();
  assert.equal(await ann.getByRole('article').count(), 1);
});
