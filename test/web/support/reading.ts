import type { JSHandle, Page } from 'playwright-core';

/** A message on the screen, and how far below the top edge of the list it is, in CSS pixels. */
export interface Place {
  readonly key: string;
  readonly offset: number;
}

/** A machine that does much else is slow. */
const PATIENCE_MS = 15_000;

interface Watch {
  stop(): number;
}

/** The first message that is wholly in sight. */
export function firstInSight(page: Page): Promise<Place> {
  return page.evaluate(() => {
    const scroller = document.querySelector('.messages');
    if (scroller === null) throw new Error('there is no list');
    const { top } = scroller.getBoundingClientRect();
    for (const row of scroller.querySelectorAll<HTMLElement>('article')) {
      const offset = row.getBoundingClientRect().top - top;
      if (offset >= 0) return { key: row.dataset.key ?? '', offset };
    }
    throw new Error('nothing is in sight');
  });
}

/** Watches a message from frame to frame. The number is how far it strayed at the most. */
export function watch(page: Page, { key, offset }: Place): Promise<JSHandle<Watch>> {
  return page.evaluateHandle(
    ({ wanted, from }) => {
      let strayed = 0;
      let running = true;
      const look = () => {
        const scroller = document.querySelector('.messages');
        const rows = [...document.querySelectorAll<HTMLElement>('article')];
        const row = rows.find((one) => one.dataset.key === wanted);
        if (scroller === null || row === undefined) strayed = Number.POSITIVE_INFINITY;
        else {
          const now = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
          strayed = Math.max(strayed, Math.abs(now - from));
        }
        if (running) requestAnimationFrame(look);
      };
      look();
      return {
        stop: () => {
          running = false;
          look();
          return strayed;
        },
      };
    },
    { wanted: key, from: offset },
  );
}

export function stopped(watching: JSHandle<Watch>): Promise<number> {
  return watching.evaluate((one) => one.stop());
}

/** What can be counted about the list. */
export function measured(page: Page) {
  return page.evaluate(() => {
    const scroller = document.querySelector('.messages');
    const rows = document.querySelector('.rows');
    if (scroller === null || rows === null) throw new Error('there is no list');
    return {
      rows: rows.children.length,
      above: scroller.scrollTop,
      below: scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight,
      screen: scroller.clientHeight,
      first: rows.querySelector<HTMLElement>('article')?.dataset.key ?? '',
    };
  });
}

export function scrollTo(page: Page, top: number): Promise<void> {
  return page.evaluate((to) => {
    document.querySelector('.messages')?.scrollTo(0, to);
  }, top);
}

/** Waits until the list satisfies it. */
export async function until(
  page: Page,
  fits: (list: Awaited<ReturnType<typeof measured>>) => boolean,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (let last = await measured(page); !fits(last); last = await measured(page)) {
    if (performance.now() > end) throw new Error(`${fits} is not so of ${JSON.stringify(last)}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
