import { type Browser, chromium } from 'playwright-core';
import { isRoot, programFor } from '../../support/tools.ts';

/** Alone on this machine: a fresh profile, no word to anyone but the page's server. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium; undefined where the machine has none. */
export async function startChromium(): Promise<Browser | undefined> {
  const executablePath = programFor('chromium');
  if (executablePath === undefined) return undefined;
  const args = isRoot() ? [...FLAGS, '--no-sandbox'] : FLAGS;
  return chromium.launch({ executablePath, args });
}
