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

test('after a reload one is the same person, in the same room, with what was begun', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  await writing(ann).fill('/join ops');
  await writing(ann).press('Enter');
  const write = ann.getByRole('textbox', { name: 'Message to ops' });
  await write.fill('said before');
  await write.press('Enter');
  await saying(ann, 'said before').waitFor();
  await write.fill('only begun');
  await ann.reload();
  await saying(ann, 'said before').waitFor();
  assert.equal(await write.inputValue(), 'only begun');
  assert.equal(new URL(ann.url()).pathname, '/room/ops');
  await ann.locator('.oneself').getByText('ann').waitFor();
});

test('offline, what one says is kept, shown as waiting, and sent when the network is back', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  const heard = bob.events('message');
  await bob.room('general').join();
  const ann = await signedIn(context, url, 'ann');
  await context.setOffline(true);
  await ann.evaluate(() => dispatchEvent(new Event('online')));
  await ann.getByText('The server is away').waitFor();
  await writing(ann).fill('from the train');
  await writing(ann).press('Enter');
  await saying(ann, 'Kept here; sent when the server is back').waitFor();
  await context.setOffline(false);
  await ann.getByText('The server is away').waitFor({ state: 'hidden' });
  await saying(ann, 'Kept here').waitFor({ state: 'detached' });
  const { value } = await heard.next();
  assert.equal(value?.type === 'message' && value.text, 'from the train');
});

test('what was written while the server was dead survives the tab too', async (t) => {
  const data = join(temporaryFolder(), 'data');
  const first = await serve(t, data);
  const { port } = new URL(first.url);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, first.url, 'ann');
  await writing(ann).fill('said while it lived');
  await writing(ann).press('Enter');
  await saying(ann, 'said while it lived').waitFor();
  await writing(ann).pressSequentially('half a sent');
  await first.kill();
  await ann.getByText('The server is away').waitFor();
  await writing(ann).pressSequentially('ence');
  assert.equal(await writing(ann).inputValue(), 'half a sentence');
  await writing(ann).press('Enter');
  await saying(ann, 'Kept here; sent when the server is back').waitFor();
  await writing(ann).fill('and a draft');
  await ann.close();

  const second = await serve(t, data, { args: ['--port', port] });
  const again = await context.newPage();
  await again.goto(second.url);
  await saying(again, 'half a sentence').waitFor();
  await saying(again, 'Kept here').waitFor({ state: 'detached' });
  assert.equal(await saying(again, 'half a sentence').count(), 1);
  assert.equal(await writing(again).inputValue(), 'and a draft');
});

test('what the server refuses is kept with the reason, to be tried again or dropped', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  await writing(ann).fill('what no message may hold: \u0000');
  await writing(ann).press('Enter');
  const failed = saying(ann, 'Not sent:');
  await failed.getByRole('button', { name: 'Retry' }).click();
  await failed.getByRole('button', { name: 'Discard' }).click();
  await failed.waitFor({ state: 'detached' });
  await ann.reload();
  await ann.getByRole('heading', { name: 'Nothing has been said here yet' }).waitFor();
});
