import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { startChromium } from '../test/web/support/chromium.ts';

/**
 * Draws the other icons from the one that is drawn by hand, src/web/public/icon.svg: those that
 * must be PNGs, and those that say in a tab what waits.
 */
const folder = new URL('../src/web/public/', import.meta.url);
const drawn = readFileSync(new URL('icon.svg', folder), 'utf8');

/** Systems cut these to a shape of their own: the ground goes to the edge, and the rest is smaller. */
const uncut = drawn
  .replace('viewBox="0 0 64 64"', 'viewBox="-10 -10 84 84"')
  .replace(/<rect [^>]*\/>/, '<rect x="-10" y="-10" width="84" height="84" fill="#1f6a53"/>');

const icons = [
  { name: 'icon-192.png', size: 192, svg: drawn },
  { name: 'icon-512.png', size: 512, svg: drawn },
  { name: 'icon-maskable-512.png', size: 512, svg: uncut },
  { name: 'icon-180.png', size: 180, svg: uncut },
];

const browser = await startChromium();
if (browser === undefined) throw new Error('there is no chromium: install it and try again');
for (const { name, size, svg } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const style = 'html,body{margin:0;background:none}svg{display:block;width:100vw;height:100vh}';
  await page.setContent(`<style>${style}</style>${svg}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();

const waiting = new URL('waiting/', folder);
mkdirSync(waiting, { recursive: true });
const withBadge = (badge: string) => drawn.replace('</svg>', `${badge}\n</svg>\n`).trimEnd();
const disc = '<circle cx="45" cy="45" r="19" fill="#c2410c" stroke="#fdfcfa" stroke-width="3"/>';
const text =
  'fill="#fff" font-family="system-ui,sans-serif" font-weight="700" text-anchor="middle"';
const dot = '<circle cx="50" cy="50" r="12" fill="#c2410c" stroke="#fdfcfa" stroke-width="4"/>';
writeFileSync(new URL('unread.svg', waiting), `${withBadge(`  ${dot}`)}\n`);
for (const said of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9+']) {
  const size = said.length === 1 ? 28 : 23;
  const place = `x="45" y="${said.length === 1 ? 55 : 53}" font-size="${size}"`;
  const badge = `  ${disc}\n  <text ${place} ${text}>${said}</text>`;
  const name = said.replace('9+', 'many');
  writeFileSync(new URL(`${name}.svg`, waiting), `${withBadge(badge)}\n`);
}
