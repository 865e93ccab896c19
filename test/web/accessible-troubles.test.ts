import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { violations } from './support/axe.ts';
import { person, signedIn } from './support/browser.ts';

const viewports = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;

for (const viewport of viewports) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing wrong where something went wrong, ${viewport.width} px, ${colorScheme}`, async (t) => {
      const { url } = await serverFor(t);
      const context = await person(t, { viewport, colorScheme });
      if (context === undefined) return;
      const bob = createClient({ url, name: 'bob' });
      t.after(() => bob.close());
      await bob.ready();

      const door = await context.newPage();
      await door.goto(url);
      await door.getByLabel('Your name').fill('bob');
      await door.getByLabel('Your name').press('Enter');
      await door.getByRole('alert').filter({ hasText: 'bob' }).waitFor();
      assert.deepEqual(await violations(door), [], 'a name that is taken');
      await door.goto(`${url}/offline.html`);
      assert.deepEqual(await violations(door), [], 'the page for when the server is away');

      const ann = await signedIn(context, url, 'ann');
      await bob.room('general').send('@ann are you there?').acked;
      await ann.getByRole('article').filter({ hasText: 'are you there' }).hover();
      assert.deepEqual(await violations(ann), [], 'a mention with its actions');

      const write = ann.getByRole('textbox', { name: 'Message to general' });
      await write.fill('what no message may hold: \u0000');
      await write.press('Enter');
      await ann.getByRole('article').filter({ hasText: 'Not sent:' }).waitFor();
      assert.deepEqual(await violations(ann), [], 'a message that was refused');

      await context.setOffline(true);
      await ann.evaluate(() => dispatchEvent(new Event('online')));
      await ann.getByText('The server is away').waitFor();
      await ann.getByRole('status').filter({ hasText: 'Offline' }).waitFor({ state: 'attached' });
      await write.fill('from the train');
      await write.press('Enter');
      await ann.getByText('Kept here; sent when the server is back').waitFor();
      assert.deepEqual(await violations(ann), [], 'offline, with a message that waits');
    });
  }
}
