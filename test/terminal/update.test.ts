import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChinwagError, type Timeline, type TimelineMessage } from '../../src/client/index.ts';
import { readNow, wantsOlder } from '../../src/terminal/landing.ts';
import { here } from '../../src/terminal/state.ts';
import { ann, bob, sent, timeline } from '../support/timeline.ts';
import { entry, NOW, offline, Scene } from './support/scene.ts';

function many(count: number, from = 1): TimelineMessage[] {
  return Array.from({ length: count }, (_, n) => sent(from + n, { text: `message ${from + n}` }));
}

/** A room in which everything is read. */
function read(count: number, facts = {}) {
  return timeline(many(count), { read: count, ...facts });
}

function written(scene: Scene): string {
  return here(scene.state).composer.editor.text;
}

function goTo(scene: Scene, to: Timeline, toUnread = false): void {
  scene.happens({ kind: 'opened', timeline: to, draft: '', toUnread });
}

test('Enter sends what is written, keeps it for ↑ and leaves the line empty', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('hello').press('enter');
  assert.deepEqual(
    scene.effects.filter((effect) => effect.do === 'send'),
    [{ do: 'send', room: 'general', text: 'hello' }],
  );
  assert.equal(written(scene), '');
  assert.equal(written(scene.type('half').press('up')), 'hello');
  assert.equal(written(scene.press('down')), 'half');
});

test('each change of what is written is kept as a draft, also the empty one behind a message', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('h').type('i').press('backspace', 'enter');
  const drafts = scene.effects.flatMap((effect) => (effect.do === 'keepDraft' ? effect.text : []));
  assert.deepEqual(drafts, ['h', 'hi', 'h', '']);
});

test('others hear that one writes a message, and never that one writes a command', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('/topic tea');
  assert.ok(!scene.effects.some((effect) => effect.do === 'typing'));
  scene.press('ctrl-u').type('t');
  assert.ok(scene.effects.some((effect) => effect.do === 'typing'));
});

test('a paste of many lines is sent only when Enter is pressed twice', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.paste('a\r\nb\rc\nd\u001b[31m\ne');
  assert.equal(written(scene), 'a\nb\nc\nd[31m\ne');
  scene.press('enter');
  assert.match(scene.state.said?.text ?? '', /Enter again sends these 5 lines/);
  scene.press('left').press('enter');
  assert.ok(!scene.effects.some((effect) => effect.do === 'send'), 'another key takes it back');
  scene.press('enter');
  assert.ok(scene.effects.some((effect) => effect.do === 'send'));
});

test('what is longer than the server takes is refused here, with the number', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('👍'.repeat(4_001)).press('enter');
  assert.match(
    scene.state.said?.text ?? '',
    /This is 1 character too long: a message has at most 4000/,
  );
  assert.notEqual(written(scene), '');
});

test('a command that makes no sense stays in the line and says what would', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('/tpoic x').press('enter');
  assert.match(scene.state.said?.text ?? '', /Did you mean \/topic/);
  assert.equal(written(scene), '/tpoic x');
});

test('Ctrl-C empties the line, then asks, then leaves; another key takes the question back', () => {
  const scene = new Scene({ timeline: read(3) });
  const leaves = () => scene.effects.some((effect) => effect.do === 'quit');
  scene.type('x').press('ctrl-c');
  assert.equal(written(scene), '');
  scene.press('ctrl-c', 'left', 'ctrl-c');
  assert.ok(!leaves());
  scene.press('ctrl-c');
  assert.ok(leaves());
});

test('Ctrl-D deletes to the right, and leaves where nothing is written', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('ab').press('left', 'ctrl-d');
  assert.equal(written(scene), 'a');
  scene.press('backspace', 'ctrl-d');
  assert.deepEqual(scene.effects.at(-1), { do: 'quit' });
});

test('Tab goes through the names of those who spoke last', () => {
  const people = [ann, bob, { id: 'u_bo', name: 'bo' }];
  const scene = new Scene({ timeline: read(3, { members: people, memberCount: 3 }) });
  scene.type('@b').press('tab');
  assert.equal(written(scene), '@bob ');
  assert.equal(written(scene.press('tab')), '@bo ');
  assert.equal(written(scene.press('shift-tab')), '@bob ');
});

test('who opens a room with unread messages lands at the first, and has read none of them', () => {
  const scene = new Scene({ timeline: timeline(many(60), { read: 20 }) });
  assert.equal(here(scene.state).scroll.at, 'block');
  assert.equal(readNow(scene.state), undefined);
  scene.press('end');
  assert.equal(readNow(scene.state), 60);
});

test('the first unread message is fetched where it is not loaded', () => {
  const scene = new Scene({
    timeline: timeline(many(50, 101), { read: 20, head: 150, hasOlder: true }),
  });
  assert.ok(here(scene.state).landing);
  assert.ok(wantsOlder(scene.state));
  assert.equal(readNow(scene.state), undefined);
  scene.sync({ timeline: timeline(many(150), { read: 20, head: 150 }) });
  assert.ok(!here(scene.state).landing);
  assert.equal(here(scene.state).scroll.at, 'block');
});

test('what comes while one looks is read, and no divider appears above it', async () => {
  const scene = new Scene({ timeline: read(10) });
  scene.sync({ timeline: timeline(many(12), { read: 10 }) });
  assert.equal(readNow(scene.state), 12);
  assert.ok(!(await scene.rows()).some((row) => row.includes(' new ')));
});

test('scrolled up, older pages and new lines leave the view where it is, and nothing is read', async () => {
  const scene = new Scene({
    timeline: timeline(many(100, 101), { read: 200, head: 200, hasOlder: true }),
  });
  scene.press('pageup', 'pageup');
  const before = (await scene.rows()).slice(1, -2);
  scene.sync({ timeline: timeline(many(250), { read: 200, head: 250 }) });
  assert.deepEqual((await scene.rows()).slice(1, -2), before);
  assert.equal(readNow(scene.state), undefined);
  assert.match((await scene.rows()).at(-2) ?? '', /50 new ↓/);
});

test('whoever scrolls up has read what they leave', () => {
  const scene = new Scene({ timeline: timeline(many(60), { read: 60 }) });
  scene.sync({ timeline: timeline(many(62), { read: 60 }) });
  scene.press('pageup');
  assert.deepEqual(scene.effects.at(-1), { do: 'read', room: 'general', seq: 62 });
});

test('older messages are wanted two screens before one comes to the first', () => {
  const scene = new Scene({
    timeline: timeline(many(200, 101), { read: 300, head: 300, hasOlder: true }),
  });
  assert.ok(!wantsOlder(scene.state));
  while (!wantsOlder(scene.state)) scene.press('pageup');
  assert.ok(here(scene.state).scroll.at === 'block');
  scene.sync({ timeline: timeline(many(400), { read: 300, head: 400 }) });
  assert.ok(!wantsOlder(scene.state), 'there are no more');
});

test('whoever follows the latest stays there when a room starts afresh', () => {
  const scene = new Scene({ timeline: read(60) });
  scene.sync({ timeline: timeline(many(50, 2_001), { read: 60, head: 2_050, resets: 1 }) });
  assert.equal(here(scene.state).scroll.at, 'end');
});

test('whoever reads what is dropped goes on at the oldest, and fetches older ones only by going there', () => {
  const facts = { read: 100, hasOlder: true };
  const scene = new Scene({ timeline: timeline(many(100), facts) });
  scene.press('pageup', 'pageup', 'pageup');
  assert.ok(wantsOlder(scene.state));
  scene.sync({ timeline: timeline(many(200, 501), { ...facts, head: 700 }) });
  const { scroll } = here(scene.state);
  assert.deepEqual(scroll.at === 'block' && scroll.key, 'day 2026-11-23');
  assert.ok(!wantsOlder(scene.state));
  scene.sync({ timeline: timeline(many(201, 501), { ...facts, head: 701 }) });
  assert.ok(!wantsOlder(scene.state), 'whatever comes below');
  scene.press('pagedown');
  scene.press('pageup');
  assert.ok(wantsOlder(scene.state));
});

test('a chosen message is answered, one that failed is retried or discarded', () => {
  const why = new ChinwagError('forbidden', 'no');
  const failed = { room: 'general', key: 'k', text: 'x', at: NOW, state: 'failed', why } as const;
  const scene = new Scene({ timeline: read(3, { messages: [...many(3), failed], head: 3 }) });
  scene.press('alt-up').type('t');
  assert.deepEqual(scene.effects.at(-1), { do: 'retry', room: 'general', key: 'k' });
  scene.press('alt-up').type('d');
  assert.deepEqual(scene.effects.at(-1), { do: 'discard', room: 'general', key: 'k' });
  scene.press('alt-up', 'up').type('t');
  assert.match(scene.state.said?.text ?? '', /only a message that failed/);
  scene.press('enter').type('yes').press('enter');
  const send = scene.effects.findLast((effect) => effect.do === 'send');
  assert.deepEqual(send, { do: 'send', room: 'general', text: 'yes', replyTo: 3 });
});

test('Escape leaves a search where one was, Tab stays at what was found', () => {
  const scene = new Scene({ timeline: read(200) });
  const before = here(scene.state).scroll;
  scene.press('ctrl-f').type('message 17');
  assert.notDeepEqual(here(scene.state).scroll, before);
  scene.press('escape');
  assert.deepEqual(here(scene.state).scroll, before);
  scene.press('ctrl-f').type('message 17').press('tab');
  assert.notDeepEqual(here(scene.state).scroll, before);
  assert.equal(scene.state.layer.kind, 'none');
});

test('a search says that it looked in what is loaded only, where there is more', async () => {
  const scene = new Scene({ timeline: read(200, { hasOlder: true }) });
  scene.press('ctrl-f').type('message 17');
  assert.match((await scene.rows()).at(-2) ?? '', /11 of 11 in what is loaded/);
  scene.type('x');
  assert.match((await scene.rows()).at(-2) ?? '', /nothing found in what is loaded/);
  scene.sync({ timeline: read(200) });
  assert.doesNotMatch((await scene.rows()).at(-2) ?? '', /loaded/);
});

test('rooms are gone to by number, by neighbour and by name', () => {
  const entries = [entry('general'), entry('ops'), entry('random')];
  const scene = new Scene({ entries, timeline: read(3) });
  scene.press('alt-3', 'alt-right', 'alt-left', 'alt-a');
  scene.press('ctrl-k').type('#op').press('enter');
  const opened = scene.effects.flatMap((effect) =>
    effect.do === 'open' ? effect.room : effect.do === 'openNext' ? 'next' : [],
  );
  assert.deepEqual(opened, ['random', 'ops', 'random', 'next', 'ops']);
  scene.press('alt-9');
  assert.match(scene.state.said?.text ?? '', /no room 9/);
});

test('a room that one comes back to has what was being written, and its divider anew', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('half a thought');
  goTo(scene, timeline([], { room: 'ops' }));
  assert.equal(written(scene), '');
  goTo(scene, timeline(many(60), { read: 3 }));
  assert.equal(written(scene), 'half a thought');
  assert.equal(here(scene.state).scroll.at, 'block');
});

test('whoever had scrolled up finds their place again, unless they come for what is unread', () => {
  const scene = new Scene({ timeline: read(200) });
  scene.press('pageup', 'pageup');
  const { scroll } = here(scene.state);
  assert.equal(scroll.at, 'block');
  const later = timeline(many(260), { read: 200 });
  goTo(scene, timeline([], { room: 'ops' }));
  goTo(scene, later);
  assert.deepEqual(here(scene.state).scroll, scroll);
  goTo(scene, timeline([], { room: 'ops' }));
  goTo(scene, later, true);
  assert.notDeepEqual(here(scene.state).scroll, scroll);
  assert.equal(here(scene.state).unreadAfter, 200);
});

test('whoever made a room, by a slip perhaps, is told so until something is said there', async () => {
  const scene = new Scene({ timeline: timeline([], { room: 'gneral', role: 'owner' }) });
  assert.match((await scene.rows()).join('\n'), /You made #gneral/);
  scene.sync({ timeline: timeline(many(1), { room: 'gneral', role: 'owner' }) });
  assert.doesNotMatch((await scene.rows()).join('\n'), /You made/);
});

test('a place that is gone by the time one comes back is not looked for', () => {
  const scene = new Scene({ timeline: read(200) });
  scene.press('pageup', 'pageup');
  goTo(scene, timeline([], { room: 'ops' }));
  goTo(scene, timeline(many(50, 900), { read: 949, resets: 1 }));
  assert.equal(here(scene.state).scroll.at, 'end');
});

test('a name that is taken is asked for on the screen', async () => {
  const scene = new Scene({ connection: offline });
  scene.happens({ kind: 'asksName', name: 'ann', why: 'the name ann is somebody else’s' });
  assert.ok((await scene.rows()).some((row) => row.includes('somebody else’s')));
  scene.press('ctrl-u').type('anna').press('enter');
  assert.deepEqual(scene.effects.at(-1), { do: 'signIn', name: 'anna' });
});

test('a setting that is changed is kept; one that makes no sense is refused by name', () => {
  const scene = new Scene({ timeline: read(3) });
  scene.type('/theme dark').press('enter').type('/settings bell loud').press('enter');
  assert.match(scene.state.said?.text ?? '', /bell can be mentions, all, off, not "loud"/);
  const kept = scene.effects.flatMap((effect) => (effect.do === 'keepSettings' ? effect : []));
  assert.deepEqual(
    kept.map(({ settings }) => settings.theme),
    ['dark'],
  );
});

test('a list that finds no room is not hidden by the key for it, but says where to look', () => {
  const scene = new Scene({ timeline: read(3), size: { columns: 40, rows: 15 } });
  for (const [key, list] of [
    ['f2', 'rooms'],
    ['f3', 'members'],
  ] as const) {
    scene.press(key);
    assert.match(scene.state.said?.text ?? '', /too narrow/);
    assert.equal(scene.state.settings[list], 'shown');
  }
  scene.happens({ kind: 'resized', size: { columns: 130, rows: 24 } }).press('f2', 'f3');
  assert.deepEqual(
    [scene.state.settings.rooms, scene.state.settings.members],
    ['hidden', 'hidden'],
  );
  assert.equal(scene.state.said, undefined);
});

test('who comes and goes is told in one line, leaving out who was back at once', async () => {
  const scene = new Scene({ timeline: read(3) });
  const pass = (name: string, came: boolean) =>
    scene.happens({ kind: 'passed', room: 'general', after: 3, passing: { name, came } });
  pass('cy', true);
  pass('dee', true);
  pass('bob', false);
  pass('bob', true);
  pass('eve', false);
  const rows = await scene.rows();
  assert.ok(rows.some((row) => row.includes('cy and dee came · eve left')));
});
