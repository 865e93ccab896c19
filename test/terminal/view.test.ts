import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChinwagError, type TimelineMessage } from '../../src/client/index.ts';
import { lookOf } from '../../src/terminal/look.ts';
import { usualSettings } from '../../src/terminal/settings.ts';
import { view } from '../../src/terminal/view.ts';
import { ann, bob, MORNING, sent, timeline } from '../support/timeline.ts';
import { golden } from './support/golden.ts';
import { entry, NOW, offline, Scene } from './support/scene.ts';
import { TestScreen } from './support/test-screen.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 15 },
];
const cy = { id: 'u_cy', name: 'cy' };
const YESTERDAY = MORNING - 86_400_000;

const talk: readonly TimelineMessage[] = [
  sent(1, { text: 'the deploy is green', at: YESTERDAY }),
  sent(2, { text: 'good morning', from: ann }),
  sent(3, { text: 'morning! **all** of it is `green` again, _finally_' }),
  sent(4, {
    text: 'here is what changed:\n- the wheel\n- the outbox, which is a longer story than fits on one line of a small screen\n\n> quoted words\n\n```ts\nconst now = clock.now();\n```',
  }),
  sent(5, {
    text: 'see https://example.org/notes and [the page](https://example.org/x)',
    from: cy,
  }),
  sent(6, { text: 'did @ann see this?', from: cy }),
  sent(7, { text: 'yes, I did', from: ann, replyTo: 6 }),
];

function many(count: number, from = 1): TimelineMessage[] {
  return Array.from({ length: count }, (_, n) =>
    sent(from + n, { text: `message ${from + n}`, from: n % 3 === 0 ? cy : bob }),
  );
}

const people = [ann, bob, cy];
const general = (messages: readonly TimelineMessage[], facts = {}) =>
  timeline(messages, {
    topic: 'tea, and what goes with it',
    members: people,
    memberCount: people.length,
    head: messages.length,
    read: messages.length,
    ...facts,
  });

for (const size of sizes) {
  const at = `${size.columns}x${size.rows}`;

  test(`before the server answers, the whole frame is there (${at})`, async () => {
    const scene = new Scene({ size, connection: { status: 'connecting' }, entries: [] });
    golden(`first-${at}`, await scene.screen());
  });

  test(`a talk shows who said what, when, and in which form (${at})`, async () => {
    const scene = new Scene({ size, timeline: general(talk) });
    golden(`talk-${at}`, await scene.screen());
  });

  test(`what waits in other rooms stands beside their names (${at})`, async () => {
    const entries = [
      entry('general'),
      entry('ops', { unread: 12, mentions: 2 }),
      entry('random', { unread: 140 }),
      entry('very-long-name-of-a-room-for-a-list'),
    ];
    const scene = new Scene({ size, entries, timeline: general(talk.slice(0, 3)) });
    golden(`rooms-${at}`, await scene.screen());
  });

  test(`who opens a room lands where they had read to (${at})`, async () => {
    const scene = new Scene({ size, timeline: general(many(60), { read: 8 }) });
    golden(`divider-${at}`, await scene.screen());
  });

  test(`scrolled up, the view stays where it is and says how much is new (${at})`, async () => {
    const scene = new Scene({ size, timeline: general(many(60)) });
    scene.press('pageup', 'pageup');
    const before = (await scene.rows()).slice(1, -2);
    scene.sync({ timeline: general(many(72), { read: 60 }) });
    assert.deepEqual((await scene.rows()).slice(1, -2), before);
    golden(`scrolled-${at}`, await scene.screen());
  });

  test(`the palette finds rooms, commands and people (${at})`, async () => {
    const entries = [entry('general'), entry('ops', { unread: 3 })];
    const scene = new Scene({ size, entries, timeline: general(talk) });
    scene.press('ctrl-k').type('o').press('down');
    golden(`palette-${at}`, await scene.screen());
  });

  test(`help names every key (${at})`, async () => {
    const scene = new Scene({ size, timeline: general(talk) });
    golden(`help-${at}`, await scene.press('f1').screen());
  });

  test(`a search shows the match in its context (${at})`, async () => {
    const scene = new Scene({ size, timeline: general(many(60)) });
    scene.press('ctrl-f').type('message 2').press('enter');
    golden(`search-${at}`, await scene.screen());
  });

  test(`a message that was refused says why and what to do (${at})`, async () => {
    const why = new ChinwagError('forbidden', 'you may not write here; ask an owner');
    const failed = { room: 'general', key: 'k1', text: 'let me in', at: NOW } as const;
    const messages = [
      ...talk.slice(0, 3),
      { ...failed, state: 'failed', why } as const,
      { ...failed, key: 'k2', text: 'and this waits', state: 'pending' } as const,
    ];
    const scene = new Scene({ size, timeline: general(messages, { head: 3, read: 3 }) });
    golden(`failed-${at}`, await scene.screen());
  });

  test(`without a connection it says so, and what is written waits (${at})`, async () => {
    const pending = { room: 'general', key: 'k1', text: 'said into the void', at: NOW } as const;
    const messages = [...talk.slice(0, 3), { ...pending, state: 'pending' } as const];
    const scene = new Scene({ size, timeline: general(messages, { head: 3, read: 3 }) });
    scene.sync({ connection: offline });
    scene.type('half a though');
    golden(`offline-${at}`, await scene.screen());
  });

  test(`letters of all the world keep their columns (${at})`, async () => {
    const texts = [
      'family 👩‍👩‍👧‍👦, flag 🇩🇪, thumb 👍🏽, heart ❤️',
      '日本語とEnglishを混ぜて、とても長い行になるように書いてみましょう。もう少し。',
      'שלום, this is right to left: مرحبا بالعالم',
      'é as two: e\u0301, and Hangul 한국어',
    ];
    const messages = texts.map((text, n) =>
      sent(n + 1, {
        text,
        from: { id: `u_${n}`, name: ['日本', '👩‍👩‍👧', 'bob', 'mário'][n] ?? '' },
      }),
    );
    const scene = new Scene({ size, timeline: general(messages) });
    scene.type('日本 👩‍👩‍👧 é').press('left', 'left');
    golden(`letters-${at}`, await scene.screen());
  });
}

test('a window that is pulled smaller and larger shows the same talk', async () => {
  const scene = new Scene({ size: { columns: 120, rows: 40 }, timeline: general(talk) });
  const screen = new TestScreen(scene.state.size);
  screen.painter.paint(view(scene.state));
  for (const size of [
    { columns: 40, rows: 15 },
    { columns: 80, rows: 24 },
  ]) {
    scene.happens({ kind: 'resized', size });
    screen.resize(size);
    screen.painter.paint(view(scene.state));
    await screen.settled();
    assert.deepEqual(screen.rows, await scene.rows(), `${size.columns}x${size.rows}`);
  }
});

for (const background of ['dark', 'light'] as const) {
  test(`colours for a ${background} background`, async () => {
    const entries = [entry('general'), entry('ops', { unread: 12, mentions: 2 })];
    const size = { columns: 120, rows: 40 };
    const scene = new Scene({ size, entries, timeline: general(talk, { read: 5 }) });
    scene.happens({ kind: 'looks', look: lookOf(usualSettings, background, undefined) });
    golden(`colours-${background}`, await scene.screen(), { styled: true });
  });
}

test('NO_COLOR: nothing is told by a colour alone', async () => {
  const size = { columns: 80, rows: 24 };
  const scene = new Scene({ size, timeline: general(talk, { read: 5 }) });
  const screen = new TestScreen(size, { palette: 'none' });
  screen.painter.paint(view(scene.state));
  await screen.settled();
  golden('no-colour', screen, { styled: true });
});
