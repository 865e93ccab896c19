import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

const TICK_MS = 50;
const A_TICK = 10;
/** A fifth of a second is usual; a machine that does much else is slow. What hangs takes far longer. */
const ANSWER_MS = 3_000;

/** 200 messages a second in this room, until the test ends. */
async function flood(t: TestContext, url: string, name: string): Promise<void> {
  const bob = createClient({ url, name: 'bob' });
  const room = bob.room(name);
  await room.join();
  let said = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < A_TICK; n += 1) {
      said += 1;
      room.send(`message ${said} of a flood, with **markdown** and a https://example.org/${said}`);
    }
  }, TICK_MS);
  t.after(() => {
    clearInterval(timer);
    bob.close();
  });
}

/** Whether the page has come so far. No row of a flood stays in it for long. */
function hasShown(many: number): boolean {
  const last = [...document.querySelectorAll('article')].at(-1)?.textContent ?? '';
  return Number(/message (\d+)/.exec(last)?.[1] ?? 0) >= many;
}

test('in a flood of 200 messages a second, keys and clicks are answered at once', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const write = ann.getByRole('textbox', { name: 'Message to general' });
  const settings = await ann.getByRole('button', { name: 'Settings' }).boundingBox();
  if (settings === null) throw new Error('there is no button for the settings');
  const took: { readonly what: string; readonly ms: number }[] = [];
  const timed = async (what: string, doing: () => Promise<void>) => {
    const begun = performance.now();
    await doing();
    took.push({ what, ms: performance.now() - begun });
  };
  await flood(t, url, 'general');
  for (const many of [200, 600, 1_000]) {
    await ann.waitForFunction(hasShown, many, { polling: 100 });
    await write.focus();
    await timed('a key', async () => {
      await ann.keyboard.press('h');
      assert.match(await write.inputValue(), /h$/);
    });
    await timed('a click', async () => {
      await ann.mouse.click(settings.x + settings.width / 2, settings.y + settings.height / 2);
      await ann.getByRole('dialog').waitFor();
    });
    await timed('Escape', async () => {
      await ann.keyboard.press('Escape');
      await ann.getByRole('dialog').waitFor({ state: 'detached' });
    });
  }
  const slow = took.filter(({ ms }) => ms > ANSWER_MS);
  assert.deepEqual(slow, [], `of ${JSON.stringify(took)}`);
});
