import type { CDPSession, Page } from 'playwright-core';

/** When a page was painted, could be written in, and showed the room, in milliseconds from its start. */
export type Opening = {
  readonly painted: number;
  readonly writable: number;
  readonly filled: number;
};

declare global {
  interface Window {
    seen: { writable?: number; filled?: number };
    keys: number[];
  }
}

/** Before anything of the page runs: notes when the place to write and the first message are there. */
export async function watchOpening(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.seen = {};
    const look = () => {
      const field = document.querySelector('textarea');
      if (field !== null && document.activeElement === field)
        window.seen.writable ??= performance.now();
      if (document.querySelector('article') !== null) window.seen.filled ??= performance.now();
      if (window.seen.writable !== undefined && window.seen.filled !== undefined) return;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** What `watchOpening` noted, once it is all there. */
export async function openingOf(page: Page): Promise<Opening> {
  await page.waitForFunction(
    () => window.seen.writable !== undefined && window.seen.filled !== undefined,
  );
  return page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    writable: window.seen.writable ?? Number.NaN,
    filled: window.seen.filled ?? Number.NaN,
  }));
}

export async function firstPaint(page: Page): Promise<number> {
  await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint').length > 0,
  );
  return page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
}

/** Paths of everything the page has loaded from its server. */
export async function loaded(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
}

/** Clicks on a room that is in the client already, and waits until its rows were painted. */
export async function enterRoom(page: Page, room: string): Promise<{ rows: number; ms: number }> {
  return page.evaluate(async (name) => {
    const link = document.querySelector<HTMLElement>(`a[href="/room/${name}"]`);
    const begun = performance.now();
    link?.click();
    const isThere = () =>
      document.querySelector(`section[aria-label$=" ${name}"] article`) !== null;
    // What is there when a frame is begun is painted by it; the message comes after that.
    await new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      const look = () =>
        requestAnimationFrame(() => (isThere() ? channel.port2.postMessage(undefined) : look()));
      look();
    });
    return { rows: document.querySelectorAll('article').length, ms: performance.now() - begun };
  }, room);
}

/** Scrolls up until there are so many messages in the page: then the client has them. */
export async function scrollBack(page: Page, rows: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    while (document.querySelectorAll('article').length < wanted) {
      document.querySelector('.messages')?.scrollTo(0, 0);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, rows);
}

/** Notes of every key how long it took until what it did was painted. */
export async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.keys = [];
    const field = document.querySelector('textarea');
    field?.addEventListener('keydown', ({ timeStamp }) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.keys.push(performance.now() - timeStamp);
      requestAnimationFrame(() => channel.port2.postMessage(undefined));
    });
  });
}

export async function keysOf(page: Page): Promise<number[]> {
  return page.evaluate(() => window.keys);
}

export async function rowsIn(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelectorAll('article').length);
}

/** What the page's own thread has done so far, in milliseconds of processor time. */
export type Work = { readonly all: number; readonly script: number; readonly layout: number };

export async function workMeter(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

export async function workOf(meter: CDPSession): Promise<Work> {
  const { metrics } = await meter.send('Performance.getMetrics');
  const ms = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1_000;
  return {
    all: ms('TaskDuration'),
    script: ms('ScriptDuration'),
    layout: ms('LayoutDuration') + ms('RecalcStyleDuration'),
  };
}
