import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { createClient } from '../src/client/index.ts';
import { configFrom } from '../src/server/config.ts';
import { startServer } from '../src/server/server.ts';
import { SqliteStorage } from '../src/server/storage/sqlite/sqlite.ts';
import { builtFiles } from '../test/support/built-web.ts';
import { startChromium } from '../test/web/support/chromium.ts';
import {
  enterRoom,
  firstPaint,
  keysOf,
  loaded,
  openingOf,
  rowsIn,
  scrollBack,
  watchKeys,
  watchOpening,
  workMeter,
  workOf,
} from './browser/page.ts';
import { buildWide, serveFrom } from './browser/wide.ts';

/**
 * `npm run bench:browser`: what the browser client costs, on a real server in a real Chromium.
 * With `-- --write` the table goes to browser.md.
 */
const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '10' },
  },
});
const repeats = Number(options.repeats);
const seconds = Number(options.seconds);

const BIG = 100_000;
const SMALL = 100;
const FEW = 5;
const HELD = 1_000;
const AT_ONCE = 500;
const MESSAGES_PER_S = 200;
const BOTS = 4;
const KEYS_PER_S = 10;
const ROWS = 300;
/** So many of them, at the most, are days. */
const DIVIDERS = 5;
/** For a machine that is busy with something else, too. */
const PATIENCE_MS = 180_000;
const VIEWPORT = { width: 1440, height: 900 };

interface Row {
  readonly what: string;
  readonly value: string;
  readonly budget?: string;
  readonly isOver?: boolean;
}

const rows: Row[] = [];
function note(row: Row): void {
  rows.push(row);
  console.error(`  ${row.what}: ${row.value}`);
}

const data = mkdtempSync(join(tmpdir(), 'chinwag-bench-'));
const browser = await startChromium();
if (browser === undefined) throw new Error('there is no chromium: install it and try again');
try {
  await fill();
  const config = configFrom({ port: '0', 'rate-limit': 'off', data }, {});
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const server = await startServer(config, { log });
  try {
    await firstLoad(browser, server.url);
    await rooms(browser, server.url);
    await mount(browser, server.url);
    await flood(browser, server.url);
  } finally {
    await server.stop();
  }
} finally {
  await browser.close();
  rmSync(data, { recursive: true });
}
const page = report();
console.log(page);
if (options.write) writeFileSync(new URL('browser.md', import.meta.url), page);

/** Rooms as they are after a year, after a day, and with as much as a client holds. */
async function fill(): Promise<void> {
  const storage = await SqliteStorage.open(data);
  const people = ['bob', 'eve', 'joe', 'sue'].map((name) => ({ id: `u_${name}`, name }));
  for (const [room, many] of [
    ['big', BIG],
    ['small', SMALL],
    ['few', FEW],
    ['held', HELD],
  ] as const) {
    await storage.createRoom({ room, kind: 'public', title: '', at: 1 });
    for (let n = 0; n < many; n += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, many - n) }, (_, i) => ({
        type: 'message' as const,
        room,
        at: Date.now() - (many - n - i) * 60_000,
        // Some of them say a few things one after another.
        from: people[Math.floor((n + i) / 3) % people.length] ?? { id: 'u_bench', name: 'ann' },
        text: text(n + i),
      }));
      await Promise.all(batch.map((draft) => storage.append(draft)));
    }
  }
  await storage.close();
}

/** As people write: mostly plain, now and then with a mark, a link or code. */
function text(n: number): string {
  const words = 'the build is green again and we can ship it when you are ready'.split(' ');
  const plain = words.slice(0, 4 + (n % 9)).join(' ');
  if (n % 10 === 3) return `**${plain}**, see https://example.org/${n}`;
  if (n % 10 === 7) return `\`${plain}\` and then\n- one\n- two`;
  return plain;
}

/** What somebody waits for who has never been here, and what comes over the wire for it. */
async function firstLoad(chromium: Browser, url: string): Promise<void> {
  const paints: number[] = [];
  let paths: string[] = [];
  for (let n = 0; n < repeats; n += 1) {
    const context = await chromium.newContext({ viewport: VIEWPORT, serviceWorkers: 'block' });
    const stranger = await context.newPage();
    await stranger.goto(url);
    paints.push(await firstPaint(stranger));
    await stranger.getByLabel('Your name').fill(`ann${n}`);
    await stranger.getByLabel('Your name').press('Enter');
    await stranger.getByRole('textbox', { name: /^Message to / }).waitFor();
    await stranger.waitForLoadState('networkidle');
    paths = await loaded(stranger);
    await context.close();
  }
  time('first contentful paint, nothing cached', paints);

  const files = builtFiles();
  const html = String(files.get('/index.html'));
  const zipped = (path: string) => gzipSync(files.get(path) ?? '', { level: 9 }).length;
  const sum = (some: readonly string[]) => some.reduce((all, path) => all + zipped(path), 0);
  const scripts = [...new Set(paths)].filter((path) => path.endsWith('.js') && files.has(path));
  const first = scripts.filter((path) => html.includes(path));
  size('JavaScript that the page names, gzipped', sum(first), 45);
  size('JavaScript until a room is open, gzipped', sum(scripts), undefined);
  const styles = [...files.keys()].filter((path) => path.endsWith('.css') && html.includes(path));
  size('CSS, gzipped', sum(styles), 12);
}

/** Somebody who comes back: to a large room, a small one, and to one that is in the client already. */
async function rooms(chromium: Browser, url: string): Promise<void> {
  const context = await chromium.newContext({ viewport: VIEWPORT });
  const token = await guest(url, 'carol', ['big', 'small', 'few', 'held']);
  await signIn(context, token);
  const openings = async (room: string) => {
    const found = [];
    for (let n = 0; n < repeats; n += 1) {
      const tab = await context.newPage();
      await watchOpening(tab);
      await tab.goto(`${url}/room/${room}`);
      found.push(await openingOf(tab));
      await tab.close();
    }
    return found;
  };
  await openings('small');
  const small = await openings('small');
  const big = await openings('big');
  const name = (many: number) => `a room with ${many.toLocaleString('en')} messages`;
  time(
    `ready to type, ${name(SMALL)}`,
    small.map(({ writable }) => writable),
  );
  time(
    `messages in sight, ${name(SMALL)}`,
    small.map(({ filled }) => filled),
  );
  const most = median(small.map(({ filled }) => filled)) * 1.25;
  time(
    `messages in sight, ${name(BIG)}`,
    big.map(({ filled }) => filled),
    most,
    'as the small room, ¼ more at most',
  );

  const visits = await visit(context, url);
  time(
    `going to a room that is in the client, ${visits[0]?.rows} rows mounted`,
    visits.map(({ ms }) => ms),
  );
  time(
    'the same, processor time of the page',
    visits.map(({ work }) => work),
  );
  await context.close();
}

/** As many rows as there ever are, all at once, with all that stands around them. */
async function mount(chromium: Browser, url: string): Promise<void> {
  const folder = join(data, 'wide');
  // The day above the first of them comes along.
  await buildWide(folder, ROWS - 1);
  const context = await chromium.newContext({ viewport: VIEWPORT, serviceWorkers: 'block' });
  await signIn(context, await guest(url, 'cleo', ['few', 'held']));
  await serveFrom(folder, context);
  const visits = await visit(context, url, ROWS - DIVIDERS);
  time(
    `the same, ${visits[0]?.rows} rows mounted at once`,
    visits.map(({ work }) => work),
    50,
  );
  await context.close();
}

/** Goes to a room with at least so many messages in the client again and again, from one with few. */
async function visit(context: BrowserContext, url: string, least = 1) {
  const tab = await context.newPage();
  await tab.goto(`${url}/room/few`);
  await tab.getByRole('article').first().waitFor();
  await tab.getByRole('link', { name: /held/ }).waitFor();
  await enterRoom(tab, 'held');
  await scrollBack(tab, least);
  await enterRoom(tab, 'few');
  const meter = await workMeter(tab);
  const visits = [];
  for (let n = 0; n < repeats * 3; n += 1) {
    const before = await workOf(meter);
    const entered = await enterRoom(tab, 'held');
    const after = await workOf(meter);
    if (entered.rows < least) throw new Error(`only ${entered.rows} rows were mounted`);
    visits.push({ ...entered, work: after.all - before.all });
    await enterRoom(tab, 'few');
  }
  return visits;
}

/** Typing while others talk. */
async function flood(chromium: Browser, url: string): Promise<void> {
  const context = await chromium.newContext({ viewport: VIEWPORT });
  await signIn(context, await guest(url, 'dora', ['general']));
  const tab = await context.newPage();
  await tab.goto(`${url}/room/general`);
  const write = tab.getByRole('textbox', { name: 'Message to general' });
  await write.waitFor();
  await typed(tab, write, 'a key, nobody else talks', undefined);

  const bots = Array.from({ length: BOTS }, (_, n) => createClient({ url, name: `bot${n}` }));
  const feeds = bots.map((bot) => bot.room('general'));
  await Promise.all(feeds.map((feed) => feed.join()));
  let sent = 0;
  const begun = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) / 1_000) * MESSAGES_PER_S;
    for (; sent < due; sent += 1) feeds[sent % BOTS]?.send(text(sent));
  }, 10);
  // Until the list is as long as it gets.
  await tab.waitForFunction(() => document.querySelectorAll('article').length >= 200);
  const meter = await workMeter(tab);
  const [before, from] = [await workOf(meter), performance.now()];
  await typed(tab, write, `a key at ${MESSAGES_PER_S} messages/s`, 16);
  const [after, until] = [await workOf(meter), performance.now()];
  clearInterval(timer);
  const took = (performance.now() - begun) / 1_000;
  note({
    what: `messages that came meanwhile, and rows in the page`,
    value: `${Math.round(sent / took)}/s, ${await rowsIn(tab)} rows`,
  });
  const share = (ms: number) => `${((ms / (until - from)) * 100).toFixed(0)}%`;
  const [all, script, layout] = [
    after.all - before.all,
    after.script - before.script,
    after.layout - before.layout,
  ].map(share);
  note({ what: 'meanwhile, of a core', value: `${all}: script ${script}, layout ${layout}` });
  for (const bot of bots) bot.close();
  await context.close();
}

async function typed(
  tab: Awaited<ReturnType<BrowserContext['newPage']>>,
  write: ReturnType<typeof tab.getByRole>,
  what: string,
  budget: number | undefined,
): Promise<void> {
  await watchKeys(tab);
  const many = seconds * KEYS_PER_S;
  await write.pressSequentially('the quick brown fox '.repeat(many).slice(0, many), {
    delay: 1_000 / KEYS_PER_S,
    timeout: PATIENCE_MS,
  });
  const keys = await keysOf(tab);
  time(`${what}, until it is painted: median`, [median(keys)], budget);
  time(`${what}: 95th percentile`, [quantile(keys, 0.95)]);
  await write.fill('');
}

async function guest(url: string, name: string, places: readonly string[]): Promise<string> {
  const client = createClient({ url, name });
  const { token } = await client.ready();
  for (const place of places) await client.room(place).join();
  client.close();
  if (token === undefined) throw new Error('a guest got no token');
  return token;
}

async function signIn(context: BrowserContext, token: string): Promise<void> {
  await context.addInitScript((value) => localStorage.setItem('chinwag.token', value), token);
}

function time(what: string, values: readonly number[], budget?: number, says?: string): void {
  const middle = median(values);
  const spread =
    values.length > 1
      ? ` (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`
      : '';
  note({
    what,
    value: `${middle.toFixed(1)} ms${spread}`,
    ...(budget === undefined ? {} : { budget: says ?? `${budget} ms`, isOver: middle > budget }),
  });
}

function size(what: string, bytes: number, budgetKb: number | undefined): void {
  note({
    what,
    value: `${(bytes / 1024).toFixed(1)} KB`,
    ...(budgetKb === undefined
      ? {}
      : { budget: `${budgetKb} KB`, isOver: bytes > budgetKb * 1024 }),
  });
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function report(): string {
  const [cpu] = cpus();
  const lines = rows.map(({ what, value, budget = '', isOver = false }) => {
    return `| ${what} | ${isOver ? `**${value}**` : value} | ${budget} |`;
  });
  return [
    '# What the browser client costs, measured',
    '',
    `- machine: ${cpus().length} × ${cpu?.model.trim()}; server, bots and browser share it`,
    `- load of the machine at the end: ${loadavg()[0]?.toFixed(1)}`,
    `- programs: Node ${process.versions.node}, Chromium ${browser?.version()}, headless`,
    `- command: \`npm run bench:browser${options.write ? ' -- --write' : ''}\`, ${new Date().toISOString().slice(0, 10)}`,
    '',
    'Times are medians with the least and the most behind them; a key is timed from its event to the',
    'frame that shows it. What is over its budget is bold.',
    '',
    '| what | measured | budget |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
