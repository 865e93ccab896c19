import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cpuShare, sample } from './process.ts';
import { PseudoTerminal } from './pseudo-terminal.ts';
import type { Flood } from './talkers.ts';

/**
 * What the terminal client costs as it is published, under a real terminal of 120 × 40, in a room that holds ten
 * thousand messages and where 200 a second, and then 1,000, are said.
 */

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const HELD = 10_000;
const SECONDS = 15;
const KEYS = 100;
const STARTS = 5;
/**
 * What nobody in the room says, so that what shows it is the echo of a key; never the same twice
 * in a row, so that a cleared and refilled line is not the line it was.
 */
const LETTERS = ['Z', 'Q', 'X', 'J', 'K', 'V', 'W'];
const CLEAR = '\u0015';
const END = '\u001b[F';

/** At most this much, each. */
const bar = { cpuAt200: 0.08, echoP95Ms: 2, firstPaintMs: 300, rssMegabytes: 130 };

const folder = mkdtempSync(join(tmpdir(), 'chinwag-bench-'));
try {
  process.exitCode = await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<number> {
  const server = await serve();
  const talkers = await enter(server.url);
  try {
    const paints: number[] = [];
    for (let start = 0; start < STARTS; start += 1) paints.push(await firstPaint(server.url));
    const screen = new PseudoTerminal(server.url, folder);
    await screen.shows('●', 10_000);
    await say(talkers, { rate: 1_000, seconds: HELD / 1_000 + 2 });
    // Whoever was still coming in when the first was said has them all unread, and stays at that one.
    screen.type(END);
    await sleep(1_000);
    const flood = await load(screen, talkers, 1_000);
    const usual = await load(screen, talkers, 200);
    const rss = sample(screen.pid).rssBytes / 1e6;
    await screen.leave();
    const firstPaintMs = quantile(paints, 0.5);
    console.log(`first paint           ${firstPaintMs.toFixed(0)} ms (median of ${STARTS})`);
    console.log(`held                  ${HELD} messages or more, ${rss.toFixed(0)} MB resident`);
    for (const { rate, cpu, echo } of [usual, flood]) {
      const [p50, p95] = [quantile(echo, 0.5), quantile(echo, 0.95)];
      console.log(
        `at ${String(rate).padStart(5)} messages/s  ${(cpu * 100).toFixed(1)}% of a core, key echo p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`,
      );
    }
    const over = [
      usual.cpu > bar.cpuAt200
        ? `more than ${bar.cpuAt200 * 100}% of a core at 200 messages/s`
        : '',
      quantile(usual.echo, 0.95) > bar.echoP95Ms ? `key echo p95 over ${bar.echoP95Ms} ms` : '',
      firstPaintMs > bar.firstPaintMs ? `first paint over ${bar.firstPaintMs} ms` : '',
      rss > bar.rssMegabytes ? `more than ${bar.rssMegabytes} MB` : '',
    ].filter((text) => text !== '');
    for (const text of over) console.log(`over the bar: ${text}`);
    return over.length === 0 ? 0 : 1;
  } finally {
    talkers.kill();
    server.process.kill('SIGKILL');
  }
}

async function serve(): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const args = ['serve', '--port', '0', '--data', join(folder, 'data'), '--rate-limit', 'off'];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(child.stdout, 'data');
  const [url] = /http:\S+/.exec(String(line)) ?? [];
  if (url === undefined) throw new Error(`the server said ${line}`);
  return { url, process: child };
}

async function enter(url: string): Promise<ChildProcess> {
  const talkers = fork(fileURLToPath(new URL('talkers.ts', import.meta.url)), [url]);
  await once(talkers, 'message');
  return talkers;
}

async function say(talkers: ChildProcess, flood: Flood): Promise<void> {
  talkers.send(flood);
  await once(talkers, 'message');
}

async function load(screen: PseudoTerminal, talkers: ChildProcess, rate: number) {
  const from = sample(screen.pid);
  const [echo] = await Promise.all([typeKeys(screen), say(talkers, { rate, seconds: SECONDS })]);
  return { rate, cpu: cpuShare(from, sample(screen.pid)), echo };
}

async function typeKeys(screen: PseudoTerminal): Promise<number[]> {
  const echo: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    await sleep((SECONDS * 1_000) / KEYS / 2 + Math.random() * 20);
    if (key % 40 === 39) screen.type(CLEAR);
    await sleep((SECONDS * 1_000) / KEYS / 2 - 20);
    const letter = LETTERS[key % LETTERS.length] ?? '';
    const began = performance.now();
    screen.type(letter);
    echo.push((await screen.shows(letter, 5_000)) - began);
  }
  screen.type(CLEAR);
  return echo;
}

async function firstPaint(url: string): Promise<number> {
  const began = performance.now();
  const screen = new PseudoTerminal(url, folder);
  const painted = await screen.shows('#general', 10_000);
  await screen.leave();
  return painted - began;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
