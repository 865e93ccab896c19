import assert from 'node:assert/strict';
import test from 'node:test';
import { chart } from '../../bench/chart.ts';
import { type Findings, type Measurement, spread } from '../../bench/measurement.ts';
import { report } from '../../bench/report.ts';

function run(peer: string, deliveriesPerSecond: number, ...wrong: string[]): Measurement {
  const values = { deliveriesPerSecond };
  return { workload: 'saturation-100', peer, repeat: 1, values, generatorCpu: 0.5, wrong };
}

function findings(...measurements: Measurement[]): Findings {
  const where = { machine: 'm', versions: 'v', commit: 'c', command: 'npm run bench', date: 'd' };
  const skips = [{ workload: 'rooms', peer: 'demo-loop', why: 'it has no rooms' }];
  return { ...where, repeats: 3, measurements, skips };
}

const own = [run('chinwag', 3_000), run('chinwag', 1_000), run('chinwag', 2_000)];

test('the median is the middle one, or the mean of the two in the middle', () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 });
  assert.deepEqual(spread([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 });
  assert.equal(spread([]), undefined);
});

test('a row has the median, the least and the most, and says what is durable', () => {
  const text = report(findings(...own, run('bun', 4_000)));
  assert.match(text, /\| chinwag \| yes \| 2,000 \(1,000–3,000\) \|/);
  assert.match(text, /\| bun \| no \| 4,000 \|/);
});

test('losses are told as well as gains', () => {
  const text = report(findings(...own, run('bun', 4_000), run('ws-naive', 500)));
  assert.match(text, /Better than ws-naive 4\.0×\. Behind: bun is 2\.0× better\./);
  assert.match(text, /Some peer is ahead in 1 of 1/);
});

test('a void run counts for nothing and is said to be void', () => {
  const text = report(findings(...own, run('chinwag', 9_000, '1 messages missing')));
  assert.match(text, /2,000 \(1,000–3,000\).*1 of 4 void: 1 messages missing; it showed 9,000/);
  const all = report(findings(...own, run('bun', 4_000, 'the generator was the limit')));
  assert.match(all, /Every run void: bun\./);
});

test('what was left out is said', () => {
  assert.match(report(findings(...own)), /- rooms: it has no rooms \(demo-loop\)/);
});

test('the chart has a bar for each peer with a good run, as long as its median', () => {
  const svg = chart(findings(...own, run('bun', 4_000), run('socketio', 1, 'void')));
  const widths = [...svg.matchAll(/width="([\d.]+)" height="15"/g)].map(([, width]) =>
    Number(width),
  );
  assert.deepEqual(widths, [250, 500]);
  assert.doesNotMatch(svg, /socketio/);
});
