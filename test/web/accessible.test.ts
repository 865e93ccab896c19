import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { violations } from './support/axe.ts';
import { person, signedIn } from './support/browser.ts';

/** A room with something of everything in it. */
async function furnished(t: TestContext): Promise<string> {
  const { url } = await serverFor(t);
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  const room = bob.room('general');
  await room.join();
  await room.setTopic('what there is');
  const { seq } = await room.send(
    '# a heading\n\n- a list\n\n> a quote\n\n`code` https://example.org',
  ).acked;
  await room.send('```ts\nconst a = 1; // a comment\n```').acked;
  await room.send('an answer to @ann in #general', { replyTo: seq }).acked;
  await bob.create({ room: 'ops', title: 'Operations' });
  return url;
}

const viewports = {
  'a phone': { width: 390, height: 844 },
  'a desk': { width: 1440, height: 900 },
} as const;

for (const [where, viewport] of Object.entries(viewports)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing wrong in any view on ${where}, ${colorScheme}`, async (t) => {
      const url = await furnished(t);
      const context = await person(t, { viewport, colorScheme });
      if (context === undefined) return;
      const door = await context.newPage();
      await door.goto(url);
      assert.deepEqual(await violations(door), [], 'the door');

      const page = await signedIn(context, url, 'ann');
      await page.getByRole('article').filter({ hasText: 'an answer' }).waitFor();
      await page.locator('.code-keyword').waitFor();
      assert.deepEqual(await violations(page), [], 'a room');

      const write = page.getByRole('textbox', { name: /^Message to / });
      await write.fill('/');
      await page.getByRole('option').first().waitFor();
      assert.deepEqual(await violations(page), [], 'suggestions');
      for (const dialog of ['/help', '/settings', '/rooms']) {
        await write.fill(dialog);
        await write.press('Enter');
        await page.getByRole('dialog').waitFor();
        assert.deepEqual(await violations(page), [], dialog);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      assert.deepEqual(await violations(page), [], 'the palette');
      await page.keyboard.press('Escape');

      await write.fill('/join nowhere');
      await write.press('Enter');
      await page.getByRole('heading', { name: 'Nothing has been said here yet' }).waitFor();
      assert.deepEqual(await violations(page), [], 'an empty room');

      if (where === 'a phone') {
        await page.getByRole('button', { name: 'Show rooms' }).click();
        await page.getByRole('button', { name: 'New room' }).click();
      } else {
        await page.getByRole('button', { name: 'New room' }).click();
      }
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(await violations(page), [], 'a new room');
      await page.keyboard.press('Escape');

      if (where === 'a phone') {
        await page.getByRole('button', { name: 'Show rooms' }).click();
        await page.getByRole('link', { name: 'general' }).waitFor();
        assert.deepEqual(await violations(page), [], 'the drawer of rooms');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Members/ }).click();
        await page.getByRole('complementary').waitFor();
        assert.deepEqual(await violations(page), [], 'the drawer of members');
        await page.keyboard.press('Escape');
      }
    });
  }
}
