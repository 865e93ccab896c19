import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

test('one leaves a room where one sees who is in it, and finds it again', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  await bob.room('ops').join();
  await bob.room('lunch').join();
  const write = ann.getByRole('textbox', { name: /^Message to / });
  await write.fill('/join ops');
  await write.press('Enter');
  await ann.getByRole('textbox', { name: 'Message to ops' }).waitFor();
  await ann.getByRole('button', { name: 'Leave this room' }).click();
  await ann.getByText('You left #ops').waitFor();
  await ann.getByRole('textbox', { name: 'Message to general' }).waitFor();
  const rooms = ann.getByRole('navigation', { name: 'Rooms' });
  await rooms.getByRole('link', { name: 'ops' }).waitFor({ state: 'detached' });

  await write.fill('/rooms op');
  await write.press('Enter');
  await ann.getByRole('option', { name: /#ops/ }).waitFor();
  assert.equal(await ann.getByRole('combobox').inputValue(), 'op');
  await ann.getByRole('option', { name: /#lunch/ }).waitFor({ state: 'detached' });
  await ann.keyboard.press('Enter');
  await ann.getByRole('textbox', { name: 'Message to ops' }).waitFor();

  // Who leaves the last one is shown all there are.
  for (const room of ['ops', 'general']) {
    await ann.getByRole('textbox', { name: `Message to ${room}` }).waitFor();
    await ann.keyboard.press('Control+k');
    await ann.keyboard.type('leave');
    await ann.keyboard.press('Enter');
  }
  await ann.getByRole('dialog', { name: 'All rooms' }).waitFor();
});

test('the address leads to a room, back and forward too, and makes one where there is none', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  await ann.goto(`${url}/room/not-yet-there`);
  await ann.getByRole('textbox', { name: 'Message to not-yet-there' }).waitFor();
  await ann.getByRole('link', { name: 'general' }).click();
  await ann.getByRole('textbox', { name: 'Message to general' }).waitFor();
  await ann.goBack();
  await ann.getByRole('textbox', { name: 'Message to not-yet-there' }).waitFor();
  await ann.goForward();
  await ann.getByRole('textbox', { name: 'Message to general' }).waitFor();
  assert.equal(new URL(ann.url()).pathname, '/room/general');
});
