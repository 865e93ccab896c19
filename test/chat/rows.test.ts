import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Formatter } from '../../src/chat/format.ts';
import { type RoomRow, Rows, type RowView } from '../../src/chat/rows.ts';
import { ChinwagError, type TimelineMessage } from '../../src/client/index.ts';
import { seedFor } from '../support/seed.ts';
import { ann, bob, MORNING, sent, timeline } from '../support/timeline.ts';

const HOUR = 3_600_000;
const utc = new Formatter({ locale: 'en-GB', timeZone: 'UTC' });
const asAnn: RowView = { me: ann, unreadAfter: undefined };

function rowsOf(messages: readonly TimelineMessage[], view = asAnn): readonly RoomRow[] {
  return new Rows(utc).of(timeline(messages), view);
}

/** Rows in short: `bob: text`, grouped ones without the name, dividers in dashes. */
function show(rows: readonly RoomRow[]): string[] {
  return rows.map((row) => {
    if (row.kind !== 'message') return `-- ${row.key}`;
    const name = row.grouped ? '' : `${row.from?.name}: `;
    return `${name}${row.message.text}`;
  });
}

test('each day begins with a divider, and authors are named once in five minutes', () => {
  const messages = [
    sent(1),
    sent(2),
    sent(3, { from: ann }),
    sent(4, { at: MORNING + HOUR }),
    sent(5, { at: MORNING + HOUR + 300_000 }),
    sent(6, { at: MORNING + HOUR + 600_001 }),
    sent(7, { at: MORNING + HOUR + 600_002, replyTo: 1 }),
    sent(8, { at: MORNING + 24 * HOUR }),
  ];
  assert.deepEqual(show(rowsOf(messages)), [
    '-- day 2026-11-23',
    ...['bob: 1', '2', 'ann: 3', 'bob: 4', '5', 'bob: 6', 'bob: 7'],
    '-- day 2026-11-24',
    'bob: 8',
  ]);
});

test('a clock that was set back shows no day twice', () => {
  const messages = [0, 24, 0, 24, 48].map((hours, n) =>
    sent(n + 1, { at: MORNING + hours * HOUR }),
  );
  const rows = rowsOf(messages);
  assert.equal(rows.filter(({ kind }) => kind === 'day').length, 3);
  assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
});

test('what was not read begins with a divider, before the first of somebody else', () => {
  const messages = [sent(1), sent(2, { from: ann }), sent(3), sent(4)];
  const unread = (unreadAfter: number) => show(rowsOf(messages, { me: ann, unreadAfter }));
  assert.deepEqual(unread(1).slice(1), ['bob: 1', 'ann: 2', '-- unread', 'bob: 3', '4']);
  assert.deepEqual(unread(3).slice(-2), ['-- unread', 'bob: 4']);
  assert.equal(unread(4).includes('-- unread'), false);
});

test('a row says whose it is, whom it names and what it answers', () => {
  const messages = [
    sent(1, { text: '**hello** @ann' }),
    sent(2, { from: ann, text: 'hi @ann', replyTo: 1 }),
    sent(4, { replyTo: 3 }),
  ];
  const rows = rowsOf(messages).flatMap((row) => (row.kind === 'message' ? [row] : []));
  assert.deepEqual(
    rows.map(({ mine, mentionsMe }) => [mine, mentionsMe]),
    [
      [false, true],
      [true, false],
      [false, false],
    ],
  );
  assert.deepEqual(rows[1]?.replyTo, { seq: 1, said: { from: bob, excerpt: 'hello @ann' } });
  assert.deepEqual(rows[2]?.replyTo, { seq: 3, said: undefined });
});

test('what is answered is found when it is loaded, and nothing else is made anew', () => {
  const rows = new Rows(utc);
  const late = [sent(4, { replyTo: 2 }), sent(5), sent(6)];
  const before = rows.of(timeline(late), asAnn);
  const after = rows.of(timeline([sent(1), sent(2), sent(3), ...late]), asAnn);
  const reply = after.find(({ key }) => key === 'seq 4');
  assert.ok(reply?.kind === 'message');
  assert.equal(reply.replyTo?.said?.excerpt, '2');
  assert.deepEqual(after.slice(-2), before.slice(-2));
  assert.equal(after.at(-1), before.at(-1));
});

test('an own message keeps its key when it is sent, and when it fails', () => {
  const unsent = { room: 'general', key: 'k1', text: 'a', at: MORNING };
  const why = new ChinwagError('muted', 'not you');
  const states: TimelineMessage[] = [
    { ...unsent, state: 'pending' },
    { ...unsent, state: 'failed', why },
    sent(1, { ...unsent, from: ann }),
  ];
  for (const message of states) {
    const row = rowsOf([message]).at(-1);
    assert.deepEqual([row?.key, row?.kind === 'message' && row.mine], ['own k1', true]);
  }
});

test('keys that others chose are no keys of rows', () => {
  const same = { key: 'k1' };
  const rows = rowsOf([sent(1, same), sent(2, same), sent(3, { ...same, from: ann })]);
  assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
});

test('of 10,000 messages one more makes one row', () => {
  const days: number[] = [];
  const rows = new Rows({
    dayKey: (at) => {
      days.push(at);
      return utc.dayKey(at);
    },
  });
  const messages = Array.from({ length: 10_000 }, (_, n) => sent(n + 1));
  const before = rows.of(timeline(messages), asAnn);
  days.length = 0;
  const after = rows.of(timeline([...messages, sent(10_001)]), asAnn);
  assert.equal(days.length, 1, 'only the new one was looked at');
  assert.equal(after.length, before.length + 1);
  assert.ok(before.every((row, index) => row === after[index]));
  assert.equal(rows.of(timeline([...messages.slice(0)]), asAnn).length, before.length);
});

test('older messages before them, or a trim, leave the rows of the others as they are', () => {
  const rows = new Rows(utc);
  const messages = Array.from({ length: 100 }, (_, n) => sent(n + 1));
  const some = rows.of(timeline(messages.slice(50)), asAnn);
  const all = rows.of(timeline(messages), asAnn);
  const kept = new Set<RoomRow>(all);
  const lost = some.filter((row) => row.kind === 'message' && !kept.has(row));
  assert.deepEqual(
    lost.map(({ key }) => key),
    ['seq 51'],
    'which is grouped now',
  );
  const trimmed = rows.of(timeline(messages.slice(10)), asAnn);
  assert.equal(trimmed.filter((row) => kept.has(row)).length, 89);
});

test('of 10,000 messages a trim, or a page of older ones, makes only what came', () => {
  let looked = 0;
  const rows = new Rows({
    dayKey: (at) => {
      looked += 1;
      return utc.dayKey(at);
    },
  });
  const messages = Array.from({ length: 11_200 }, (_, n) =>
    sent(n + 1, n % 7 === 0 && n > 0 ? { replyTo: Math.ceil(n / 2) } : {}),
  );
  rows.of(timeline(messages.slice(200, 11_199)), asAnn);
  looked = 0;
  const trimmed = rows.of(timeline(messages.slice(1_200, 11_200)), asAnn);
  assert.equal(looked, 2, 'the one that is the first now, and the one that came');
  rows.of(timeline(messages.slice(1_000, 11_200)), asAnn);
  assert.equal(looked, 203, 'the page, and the one that was the first');
  assert.deepEqual(trimmed, rowsOf(messages.slice(1_200, 11_200)));
});

test('nothing changed is the same array', () => {
  const rows = new Rows(utc);
  const messages = [sent(1), sent(2)];
  const first = rows.of(timeline(messages), asAnn);
  assert.equal(rows.of(timeline([...messages]), { ...asAnn }), first);
  assert.notEqual(rows.of(timeline(messages), { ...asAnn, unreadAfter: 1 }), first);
});

test('rows kept from before are the rows that would be made anew', (t) => {
  const message = fc.record({
    from: fc.constantFrom(ann, bob),
    at: fc.integer({ min: MORNING, max: MORNING + 50 * HOUR }),
    text: fc.constantFrom('a', '@ann', '@bob b'),
    replyTo: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  });
  const slice = fc.tuple(fc.nat(20), fc.nat(20), fc.option(fc.nat(20), { nil: undefined }));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 20 }), fc.array(slice), (said, slices) => {
      const messages = said.map(({ replyTo, ...one }, n) => {
        return sent(n + 1, replyTo === undefined ? one : { ...one, replyTo });
      });
      const rows = new Rows(utc);
      for (const [from, to, unreadAfter] of slices) {
        const view = { me: ann, unreadAfter };
        const held = messages.slice(from, to);
        assert.deepEqual(rows.of(timeline(held), view), rowsOf(held, view));
      }
    }),
    { seed: seedFor(t) },
  );
});
