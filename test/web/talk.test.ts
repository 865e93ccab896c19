import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

test('two people come in with a name each and talk', async (t) => {
  const { url } = await serverFor(t);
  const [anns, bobs] = [await person(t), await person(t)];
  if (anns === undefined || bobs === undefined) return;
  const ann = await signedIn(anns, url, 'ann');
  const bob = await signedIn(bobs, url, 'bob');
  const write = ann.getByRole('textbox', { name: 'Message to general' });
  await write.fill('morning!');
  await write.press('Enter');
  await bob.getByRole('article').filter({ hasText: 'morning!' }).waitFor();
  assert.equal(await write.inputValue(), '', 'the place to write is free again');
});

test('where the browser keeps nothing for the page, people talk all the same', async (t) => {
  const { url } = await serverFor(t);
  const anns = await person(t);
  if (anns === undefined) return;
  await anns.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
  });
  const ann = await signedIn(anns, url, 'ann');
  const write = ann.getByRole('textbox', { name: 'Message to general' });
  await write.fill('morning!');
  await write.press('Enter');
  await ann.getByRole('article').filter({ hasText: 'morning!' }).waitFor();
});
