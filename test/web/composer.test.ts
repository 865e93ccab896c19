import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

test('names, rooms, emoji and commands are completed as one writes', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  await bob.room('general').join();
  const ann = await signedIn(context, url, 'ann');
  await ann.getByRole('complementary').getByText('bob').waitFor();
  const write = ann.getByRole('textbox', { name: /^Message to / });
  const completed = [
    ['@b', 'bob', '@bob '],
    ['see #gen', 'general', 'see #general '],
    ['well done :tad', 'tada', 'well done 🎉 '],
    ['/the', '/theme', '/theme '],
  ] as const;
  for (const [written, offered, taken] of completed) {
    await write.fill('');
    await write.pressSequentially(written);
    await ann.getByRole('option', { name: offered }).first().waitFor();
    await write.press('Tab');
    assert.equal(await write.inputValue(), taken);
  }
});

test('a setting is changed by command, and a mistake in it is told', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const write = ann.getByRole('textbox', { name: /^Message to / });
  for (const [command, said] of [
    ['/settings theme dark', 'theme is dark now.'],
    ['/settings density=compact', 'density is compact now.'],
    ['/settings time 25h', 'time can be auto, 24h, 12h, not "25h".'],
    ['/settings bell off', /^There is no setting "bell" to change here; there are theme, /],
  ] as const) {
    await write.fill(command);
    await write.press('Enter');
    await ann.getByText(said).waitFor();
  }
  await ann.reload();
  await write.waitFor();
  const shown = await ann.evaluate(() => ({ ...document.documentElement.dataset }));
  assert.equal(shown.theme, 'dark');
  assert.equal(shown.density, 'compact');
});

test('a reply by command answers the message that was chosen, or else the last', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  const room = bob.room('general');
  await room.join();
  const chosen = await room.send('the one that is chosen').acked;
  const last = await room.send('the last').acked;
  const ann = await signedIn(context, url, 'ann');
  const write = ann.getByRole('textbox', { name: /^Message to / });
  const message = ann.getByRole('article').filter({ hasText: 'the one that is chosen' });
  await message.hover();
  await message.getByRole('button', { name: 'Reply' }).click();
  await write.fill('/reply to that');
  await write.press('Enter');
  await ann.getByRole('article').filter({ hasText: 'to that' }).waitFor();
  await ann.getByText('Replying to bob').waitFor({ state: 'detached' });
  await write.fill('/reply and to this');
  await write.press('Enter');
  const answer = ann.getByRole('article').filter({ hasText: 'and to this' });
  await answer.locator(':scope:not(.pending)').waitFor();
  const { messages } = await room.history();
  const answers = messages.map(({ replyTo }) => replyTo).filter((seq) => seq !== undefined);
  assert.deepEqual(answers, [chosen.seq, last.seq]);
});

test('what one answers stays chosen in another room and after a reload, until it is sent', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  const room = bob.room('general');
  await room.join();
  await bob.create({ room: 'aside' });
  const question = await room.send('a question').acked;
  const ann = await signedIn(context, url, 'ann');
  const write = ann.getByRole('textbox', { name: 'Message to general' });
  const replying = ann.getByText('Replying to bob');
  const asked = ann.getByRole('article').filter({ hasText: 'a question' });
  await asked.hover();
  await asked.getByRole('button', { name: 'Reply' }).click();
  await write.fill('the answer');
  await ann.goto(`${url}/room/aside`);
  await ann.getByRole('textbox', { name: 'Message to aside' }).waitFor();
  assert.equal(await replying.count(), 0, 'it belongs to its room');
  await ann.getByRole('link', { name: 'general' }).click();
  await replying.waitFor();
  await ann.reload();
  await replying.waitFor();
  await write.press('Enter');
  await ann.getByRole('article').filter({ hasText: 'the answer' }).waitFor();
  await replying.waitFor({ state: 'detached' });
  await ann.reload();
  await ann.getByRole('article').filter({ hasText: 'the answer' }).waitFor();
  assert.equal(await replying.count(), 0);
  const { messages } = await room.history();
  assert.equal(messages.at(-1)?.replyTo, question.seq);
});
