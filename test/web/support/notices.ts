import type { BrowserContext, Page } from 'playwright-core';

export type Shown = {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly isClosed: boolean;
};

interface FakeNotice {
  title: string;
  body: string;
  tag: string;
  isClosed: boolean;
  onclick?: () => void;
}

declare global {
  interface Window {
    /** What the page asked of the system, and what the system is to it. */
    fake: { asked: number; looks: boolean; focused: boolean; shown: FakeNotice[] };
  }
}

/**
 * Puts the system's notices and the focus of each page into the hands of the test: asked for
 * permission, the system answers so, in all tabs. Every tab is looked at until `look` says not.
 */
export async function answerNotifications(
  context: BrowserContext,
  answer: NotificationPermission,
): Promise<void> {
  await context.addInitScript((permission) => {
    const key = 'test.permission';
    window.fake = { asked: 0, looks: true, focused: false, shown: [] };
    class Fake implements FakeNotice {
      static get permission() {
        return localStorage.getItem(key) ?? 'default';
      }
      static async requestPermission() {
        window.fake.asked += 1;
        localStorage.setItem(key, permission);
        return permission;
      }
      title: string;
      body: string;
      tag: string;
      isClosed = false;
      constructor(title: string, { body = '', tag = '' }: NotificationOptions) {
        this.title = title;
        this.body = body;
        this.tag = tag;
        window.fake.shown.push(this);
      }
      close() {
        this.isClosed = true;
      }
    }
    Object.defineProperty(window, 'Notification', { value: Fake });
    document.hasFocus = () => window.fake.looks;
    window.focus = () => {
      window.fake.focused = true;
    };
  }, answer);
}

/** Somebody looks at this page, or away from it. */
export async function look(page: Page, looks: boolean): Promise<void> {
  await page.evaluate((now) => {
    window.fake.looks = now;
    dispatchEvent(new Event(now ? 'focus' : 'blur'));
  }, looks);
}

/** What the page has asked for and shown, once there are so many notices. */
export async function noticesOf(
  page: Page,
  many = 0,
): Promise<{ asked: number; shown: readonly Shown[] }> {
  await page.waitForFunction((wanted) => window.fake.shown.length >= wanted, many);
  return page.evaluate(() => ({
    asked: window.fake.asked,
    shown: window.fake.shown.map(({ title, body, tag, isClosed }) => ({
      title,
      body,
      tag,
      isClosed,
    })),
  }));
}
