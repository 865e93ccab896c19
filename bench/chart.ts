import type { Findings } from './measurement.ts';
import { peers } from './peers.ts';
import { number, runsOf, spreadOf } from './report.ts';
import { workloads } from './workloads.ts';

const [WIDTH, ROW, PANEL_GAP, LABEL, VALUE] = [760, 20, 44, 110, 150];
const BAR = WIDTH - LABEL - VALUE;
const KEY = 'deliveriesPerSecond';

type Bar = { readonly peer: string; readonly durable: boolean; readonly value: number };

/** Bars of deliveries a second, a panel for each size of room, each panel to its own scale. */
export function chart(findings: Findings): string {
  let top = 10;
  const panels = workloads.flatMap(({ name, plan }) => {
    const bars = name.startsWith('saturation') ? barsOf(findings, name) : [];
    if (bars.length === 0) return [];
    const drawn = panel(`${number(plan.members, 0)} members: deliveries a second`, bars, top);
    top += bars.length * ROW + PANEL_GAP;
    return [drawn];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top + 24}"`,
    ` viewBox="0 0 ${WIDTH} ${top + 24}" font-family="sans-serif" font-size="12">`,
    '<title>Deliveries a second at saturation</title>',
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...panels,
    legend(top + 8),
    '</svg>\n',
  ].join('\n');
}

function barsOf(findings: Findings, workload: string): Bar[] {
  return peers.flatMap(({ name, durable }) => {
    const found = spreadOf(runsOf(findings, workload, name), KEY);
    return found === undefined ? [] : [{ peer: name, durable, value: found.median }];
  });
}

function panel(title: string, bars: readonly Bar[], top: number): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const rows = bars.map(({ peer, durable, value }, index) => {
    const y = top + 24 + index * ROW;
    const width = Math.max(1, (value / most) * BAR).toFixed(1);
    return [
      text(LABEL - 8, y + 12, peer, 'end'),
      `<rect x="${LABEL}" y="${y}" width="${width}" height="${ROW - 5}" fill="${colour(durable)}"/>`,
      text(LABEL + Number(width) + 6, y + 12, number(value, 0), 'start'),
    ].join('\n');
  });
  return [text(LABEL, top + 14, title, 'start', 'bold'), ...rows].join('\n');
}

function legend(y: number): string {
  return [true, false]
    .map((durable, index) => {
      const x = LABEL + index * 220;
      const square = `<rect x="${x}" y="${y - 10}" width="11" height="11" fill="${colour(durable)}"/>`;
      return (
        square + text(x + 18, y, durable ? 'durable: on disk first' : 'keeps no message', 'start')
      );
    })
    .join('\n');
}

function colour(durable: boolean): string {
  return durable ? '#0b6e4f' : '#9aa5b1';
}

function text(x: number, y: number, words: string, anchor: string, weight = 'normal'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-weight="${weight}" fill="#1f2933">${words}</text>`;
}
