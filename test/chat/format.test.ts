import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delivery } from '../../src/chat/delivery.ts';
import {
  connection,
  count,
  duration,
  Formatter,
  names,
  sentence,
  typing,
} from '../../src/chat/format.ts';
import { ChinwagError, type ConnectionState } from '../../src/client/index.ts';
import { sent } from '../support/timeline.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 23, 12, 30);
const utc = new Formatter({ locale: 'en-GB', timeZone: 'UTC' });

test('days are called as people call them', () => {
  const day = (daysAgo: number) => utc.day(NOW - daysAgo * DAY, NOW);
  assert.deepEqual([0, 1, 2, 6].map(day), ['Today', 'Yesterday', 'Saturday', 'Tuesday']);
  assert.match(day(7), /^Monday,? 16 November$/);
  assert.equal(day(400), '19 October 2025');
  assert.match(day(-1), /^Tuesday,? 24 November$/, 'a clock that is ahead');
});

test('a day begins at midnight where one is, also when clocks are changed', () => {
  const kolkata = new Formatter({ locale: 'en-GB', timeZone: 'Asia/Kolkata' });
  const midnight = Date.UTC(2026, 10, 22, 18, 30);
  assert.equal(kolkata.dayKey(midnight - 1), '2026-11-22');
  assert.equal(kolkata.dayKey(midnight), '2026-11-23');
  assert.equal(kolkata.day(midnight - 1, midnight), 'Yesterday');
  const berlin = new Formatter({ locale: 'en-GB', timeZone: 'Europe/Berlin' });
  const changed = Date.UTC(2026, 9, 25, 22, 59, 59);
  assert.equal(berlin.dayKey(changed), '2026-10-25', '25 hours long');
  assert.equal(berlin.day(changed, changed + 1_000), 'Yesterday');
});

test('times are those of the locale', () => {
  assert.equal(utc.time(NOW), '12:30');
  assert.match(new Formatter({ locale: 'en-US', timeZone: 'UTC' }).time(NOW), /^12:30\sPM$/);
  assert.match(utc.full(NOW), /23 November 2026.*12:30:00/);
});

test('durations, counts and names are short', () => {
  const spans = [0, 400, 5_000, 59_600, 3 * MINUTE, 90 * MINUTE, DAY, 12 * DAY].map(duration);
  assert.deepEqual(spans, ['now', 'now', '5 s', '1 min', '3 min', '2 h', '1 day', '12 days']);
  assert.deepEqual([0, 7, 99, 100].map(count), ['0', '7', '99', '99+']);
  const people = ['ann', 'bob', 'cy', 'dee', 'eve'];
  const lists = [0, 1, 2, 3, 5].map((many) => names(people.slice(0, many)));
  assert.deepEqual(lists, ['', 'ann', 'ann and bob', 'ann, bob and cy', 'ann, bob and 3 others']);
  assert.equal(typing(people), 'ann, bob and 3 others are typing');
  assert.equal(typing(['\u001b[2Jann']), '[2Jann is typing');
  assert.deepEqual([typing(['ann']), typing([])], ['ann is typing', '']);
});

test('the connection is told in a sentence that says what becomes of what one writes', () => {
  const why = new ChinwagError('disconnected', 'it broke');
  const away: ConnectionState = { status: 'waiting', retryAt: NOW + 3_100, why };
  assert.equal(
    connection(away, NOW),
    'The server is away; trying again in 4 s. What you write is kept and sent then.',
  );
  assert.match(connection(away, NOW + DAY), /trying again now\./);
  const refused = new ChinwagError(
    'bad_token',
    'this token is of no use; sign in by name\u001b[2J',
  );
  const closed = connection({ status: 'closed', why: refused }, NOW);
  assert.equal(closed, 'Signed out: this token is of no use; sign in by name[2J.');
  const own = new ChinwagError('closed', 'this client was closed');
  assert.equal(connection({ status: 'closed', why: own }, NOW), 'Signed out.');
});

test('only what the server refused is called not sent', () => {
  const unsent = { room: 'general', key: 'k', text: 'a', at: NOW };
  const why = new ChinwagError('muted', 'you may not speak here');
  assert.equal(delivery(sent(1), true), '');
  assert.equal(delivery({ ...unsent, state: 'pending' }, true), 'Sending');
  assert.match(delivery({ ...unsent, state: 'pending' }, false), /^Kept here; sent when/);
  const failed = delivery({ ...unsent, state: 'failed', why }, false);
  assert.equal(failed, 'Not sent: you may not speak here. Retry or discard it.');
});

test('what a program answered is shown as a sentence, without what could steer a screen', () => {
  assert.equal(sentence('the room is full; try later'), 'The room is full; try later.');
  assert.equal(sentence('Is it?'), 'Is it?');
  assert.equal(sentence('no \u202eeman'), 'No eman.');
});
