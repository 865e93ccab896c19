import type { Page } from 'playwright-core';
import { within } from '../../support/within.ts';

const PATIENCE_MS = 15_000;

/** Resolves once the answer of the page, asked with every frame, is yes. `waitForFunction` takes a promise for a yes. */
export async function until(page: Page, what: string, ask: () => Promise<boolean>): Promise<void> {
  const asking = async () => {
    while (!(await page.evaluate(ask))) {
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  };
  await within(asking(), what, PATIENCE_MS);
}
